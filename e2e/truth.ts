import { expect } from '@playwright/test';
import type { Database, OrderRow } from './database.ts';
import type { Network } from './network.ts';
import type { Provider } from './provider.ts';

interface TruthParts {
  readonly database: Database;
  readonly provider: Provider;
  readonly network: Network;
  readonly email: string;
}

/** What really happened to this test's cart: from the database and from the provider's ledger, never from the page. */
export class Truth {
  readonly #parts: TruthParts;
  readonly #stockBefore: Readonly<Record<string, number>>;

  constructor(parts: TruthParts) {
    this.#parts = parts;
    this.#stockBefore = parts.database.stockAccountedFor();
  }

  /** The cart that the page tried to pay. */
  get cartId(): string {
    const sent = this.#parts.network.sent[0];
    expect(sent, 'the page has sent a payment').toBeDefined();
    return sent?.input.cartId ?? '';
  }

  keysSent(): string[] {
    return [...new Set(this.#parts.network.sent.map(({ idempotencyKey }) => idempotencyKey ?? 'no key'))];
  }

  /** One order, one captured charge of its total, one finished key, one confirmation, and stock that adds up. */
  async isPaidOnce(): Promise<OrderRow> {
    const { database, provider } = this.#parts;
    const orders = database.orders(this.cartId);
    expect(orders).toEqual([expect.objectContaining({ status: 'paid', isProtected: 1 })]);
    const [order] = orders as [OrderRow];
    expect(await provider.charges(this.cartId)).toEqual([
      expect.objectContaining({ id: order.chargeId, amount: order.totalMinor }),
    ]);
    expect(database.payments(this.cartId).filter(({ status }) => status !== 'refused')).toEqual([
      expect.objectContaining({ status: 'paid' }),
    ]);
    expect(database.keys(this.cartId).at(-1)).toMatchObject({ processingState: 'completed', statusCode: 200 });
    this.stockAddsUp();
    await this.#isConfirmedOnce();
    return order;
  }

  /** No order and no captured charge, nothing reserved. */
  async isUnpaid(): Promise<void> {
    const { database, provider } = this.#parts;
    expect(database.orders(this.cartId)).toEqual([]);
    expect(await provider.charges(this.cartId)).toEqual([]);
    expect(database.payments(this.cartId).filter(({ status }) => status !== 'refused')).toEqual([]);
    this.stockAddsUp();
  }

  /** What happens without protection, by the provider's ledger: the money was taken this often. */
  async isCharged(times: number): Promise<void> {
    const { database, provider } = this.#parts;
    expect(await provider.charges(this.cartId)).toHaveLength(times);
    expect(database.orders(this.cartId)).toHaveLength(times);
    this.stockAddsUp();
  }

  /** Whoever buys: what left the shelf is held or bought by a payment, piece by piece. */
  stockAddsUp(): void {
    const { database } = this.#parts;
    expect(database.stockAccountedFor()).toEqual(this.#stockBefore);
    expect(Object.values(database.stock()).every((stock) => stock >= 0)).toBe(true);
  }

  /** The confirmation leaves after the commit, so it may take a moment; it must never come twice. */
  async #isConfirmedOnce(): Promise<void> {
    const { database, provider, email } = this.#parts;
    const [confirmation, ...more] = database.confirmations(this.cartId);
    expect(more).toEqual([]);
    await expect
      .poll(async () => (await provider.mails(email)).map(({ messageId }) => messageId))
      .toEqual([confirmation?.messageId]);
  }
}
