import { randomUUID } from 'node:crypto';
import { unixMs } from '@payonce/trpc-idempotency';
import { expect } from 'vitest';
import { wallClock } from '#server/clock.ts';
import { type EngineRoom, openEngineRoom } from '#server/engine-room.ts';
import { readEnv } from '#server/env.ts';
import { reconcile } from '#server/payments/reconcile.ts';
import { Customer } from './customer.ts';
import type { RunningShop } from './running-shop.ts';

/** A clock that goes as the provider's does, and can be put ahead: what waits for minutes is then over at once. */
export function clockAhead() {
  let aheadMs = 0;
  return Object.assign(() => unixMs(wallClock() + aheadMs), {
    advance: (ms: number) => {
      aheadMs += ms;
    },
  });
}

export interface Reconciler extends AsyncDisposable {
  readonly room: EngineRoom;
  readonly alarms: string[];
  /** One comparison of all that the provider has, however young. What it finds spare is settled by the next. */
  cycle(minAgeMs?: number): Promise<void>;
}

/** A reconciler in a process's stead: it has connections of its own to the shop's database and to the provider. */
export async function reconcilerOf(
  shop: RunningShop,
  { settings = {}, clock = wallClock }: { settings?: Record<string, string>; clock?: typeof wallClock } = {},
): Promise<Reconciler> {
  const [main] = shop.rows<{ file: string }>('pragma database_list');
  const room = await openEngineRoom(
    readEnv({
      DATABASE_URL: `file:${main?.file}`,
      SANDBOX_PORT: new URL(shop.sandboxUrl).port,
      LOG_LEVEL: 'silent',
      ...settings,
    }),
    { clock },
  );
  const alarms: string[] = [];
  const tools = { ...room, alarm: (message: string) => void alarms.push(message) };
  return {
    room,
    alarms,
    cycle: (minAgeMs = 0) => reconcile(tools, { minAgeMs, isStopped: () => false }),
    async [Symbol.asyncDispose]() {
      await room.drain();
      await room.close();
    },
  };
}

export type Buyer = Awaited<ReturnType<typeof buyerAt>>;

/** Somebody with a full cart and one key, and what the shop and the provider hold of that cart. */
export async function buyerAt(shop: RunningShop) {
  const customer = new Customer(shop);
  const cartId = await customer.fillCart();
  const key = randomUUID();
  const pay = () => customer.pay(key, { cartId });
  const charges = async () => (await shop.charges()).filter(({ metadata }) => metadata.cart_id === cartId);
  const orders = () => shop.rows<{ charge_id: string }>('select charge_id from orders where cart_id = ?', cartId);
  const fault = (operation: string, what: string, more: Record<string, unknown> = {}) =>
    shop.fault({ operation: `payment_intents.${operation}`, fault: what, match: { cartId }, ...more });

  return {
    customer,
    cartId,
    key,
    pay,
    charges,
    orders,
    fault,
    /** Charges of which nothing was given back. */
    standing: async () => (await charges()).filter(({ amount_refunded }) => amount_refunded === 0),
    findings: () =>
      shop.rows<{ subject_id: string; found: string; done: string; refund_id: string | null }>(
        'select subject_id, found, done, refund_id from reconciliations where cart_id = ? order by done',
        cartId,
      ),
    async refundsOf(chargeId: string) {
      const response = await fetch(`${shop.sandboxUrl}/v1/refunds?charge=${chargeId}`, {
        headers: { Authorization: 'Bearer sk_test_sandbox' },
      });
      return ((await response.json()) as { data: { id: string }[] }).data;
    },

    /** Two copies of the provider that do not know each other's keys: one's answer is lost, the other charges again. */
    async payTwice() {
      await fault('confirm', 'drop_answer');
      // The look after the lost answer, and the look of the retry.
      await fault('retrieve', 'replica', { times: 2 });
      await fault('confirm', 'replica', { skip: 1 });
      for (let attempt = 0; attempt < 4; attempt += 1) {
        if ((await pay()).status === 200) break;
      }
      expect(await charges()).toHaveLength(2);
      expect(orders()).toHaveLength(1);
    },

    /** Charged, and the shop does not know it: its answer was lost and nobody could be asked. */
    async chargeUnseen() {
      await fault('confirm', 'drop_answer');
      await fault('retrieve', 'refuse', { times: 0 });
      expect((await pay()).error.reason).toBe('payment_outcome_unknown');
      await shop.clearFaults();
      expect(await charges()).toHaveLength(1);
      expect(orders()).toEqual([]);
    },
  };
}
