import { createHash } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { AnswerMemory } from './answer-memory.ts';
import { checksOf } from './checks.ts';
import { countBill } from './count-bill.ts';
import { type Facts, type FactTools, factsOf } from './facts.ts';
import { withoutPrincipal } from './ledger.ts';
import type { OutsideLook, OutsideView } from './outside-view.ts';

export type Snapshot = ReturnType<typeof snapshotOf>;

export interface Look {
  readonly snapshot: Snapshot;
  /** When to look again though nothing is heard; null when nothing is expected. */
  readonly lookAgainMs: number | null;
}

export interface SnapshotTools extends FactTools {
  readonly outsideView: OutsideView;
  readonly clock: Clock;
}

/** Rows that a screen is sent each time; the counts are of all. */
const REQUESTS_SENT_MAX = 50;
const CARTS_SENT_MAX = 20;

/** Makes what the backstage shows. One for each shop: it remembers the answers it has shown. */
export function createLook({ outsideView, clock, ...tools }: SnapshotTools) {
  const answers = new AnswerMemory();
  return async (principal: string, whenMoreIsKnown: () => void): Promise<Look> => {
    const facts = await factsOf(principal, tools);
    const changedAnswers = answers.countChanged(principal, facts.keys);
    const addresses = [...new Set(facts.messages.map(({ recipient }) => recipient))];
    const isMoving = facts.isMoving || facts.isMailing;
    const seen = await outsideView.look(
      { principal, addresses, occasion: occasionOf(facts), isMoving },
      whenMoreIsKnown,
    );
    return { snapshot: snapshotOf(facts, seen, { changedAnswers, now: clock() }), lookAgainMs: seen.lookAgainMs };
  };
}

/** What has come to an end, and nothing that is under way. Compared and never read, so its hash is enough. */
function occasionOf({ orders, messages, keys, reconciled }: Facts): string {
  const ended = [orders, messages, keys.map(({ keyHash, state }) => [keyHash, state]), reconciled];
  return createHash('sha256').update(JSON.stringify(ended)).digest('base64');
}

function snapshotOf(facts: Facts, seen: OutsideLook, { changedAnswers, now }: { changedAnswers: number; now: number }) {
  const { requests, orders, messages, keys, stock, isMoving } = facts;
  const { charges = [], deliveries = null, isKnown = false } = seen.outside ?? {};
  return {
    /** By the server's clock, which is the one that leases run by. */
    now,
    total: countBill({ requests, charges, orders, messages }),
    carts: cartsOf(requests, charges).map((cartId) => {
      const ofCart = <Row extends { readonly cartId: string | null }>(rows: readonly Row[]) =>
        rows.filter((row) => row.cartId === cartId);
      return {
        cartId,
        ...countBill({ requests: ofCart(requests), charges: ofCart(charges), orders: ofCart(orders), messages }),
      };
    }),
    requests: requests.slice(0, REQUESTS_SENT_MAX).map(withoutPrincipal),
    charges,
    orders,
    messages: messages.map((message) => ({ ...message, deliveries: deliveries?.get(message.messageId) ?? null })),
    keys,
    stock,
    reconciled: facts.reconciled,
    checks: checksOf({
      ...{ charges, orders, messages, keys, stock, changedAnswers, isMoving },
      isOutsideFresh: seen.isFresh,
      isOutsideKnown: isKnown,
    }),
    /** False while the provider does not answer: what it charged is what it said last. */
    isProviderKnown: isKnown,
  };
}

/** The carts that something happened to, the newest first. */
function cartsOf(...lists: readonly (readonly { readonly cartId: string | null }[])[]): readonly string[] {
  const ids = lists.flat().flatMap(({ cartId }) => (cartId === null ? [] : [cartId]));
  return [...new Set(ids)].slice(0, CARTS_SENT_MAX);
}
