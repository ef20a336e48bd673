import { randomUUID } from 'node:crypto';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Buyer, buyerAt } from './reconciling.ts';
import { type RunningShop, startShop } from './running-shop.ts';

let shop: RunningShop;
let buyer: Buyer;
let stock: number;
beforeAll(async () => {
  // Nobody carries these payments on but the customer who comes back.
  shop = await startShop({ WORKERS: 'off' });
});
beforeEach(async () => {
  buyer = await buyerAt(shop);
  stock = shop.stockOf('field-notes');
});
afterAll(async () => {
  await shop[Symbol.asyncDispose]();
});

/** Leaves a payment at its reservation, and writes its rows as they were when the intent was made after it. */
async function leftBehind({ hasIntent }: { readonly hasIntent: boolean }): Promise<void> {
  await buyer.fault('confirm', hasIntent ? 'drop_answer' : 'refuse');
  await buyer.fault('retrieve', 'refuse', { times: 0 });
  expect((await buyer.pay()).error.reason).toBe('payment_outcome_unknown');
  await shop.clearFaults();

  const [main] = shop.rows<{ file: string }>('pragma database_list');
  const database = new Sqlite(String(main?.file));
  const moveIntent = hasIntent
    ? `json_set(json_remove(phases, '$.reserved.intentId'), '$.intent_created',
         json_object('intentId', json_extract(phases, '$.reserved.intentId')))`
    : `json_remove(phases, '$.reserved.intentId')`;
  const point = hasIntent ? 'intent_created' : 'reserved';
  database
    .prepare(`update idempotency_keys set phases = ${moveIntent}, recovery_point = ? where key = ?`)
    .run(point, buyer.key);
  if (!hasIntent) database.prepare('update payments set intent_id = null where cart_id = ?').run(buyer.cartId);
  database.close();
}

describe('a payment that was left behind when the intent was still made after the reservation', () => {
  it('is carried on when its card was charged', async () => {
    await leftBehind({ hasIntent: true });
    expect(await buyer.charges()).toHaveLength(1);
    expect(await buyer.pay()).toMatchObject({ status: 200, data: { status: 'paid' } });
    expect(await buyer.charges()).toHaveLength(1);
    expect(shop.stockOf('field-notes')).toBe(stock - 1);
  });

  it('has expired when it had no intent yet, and its stock and its cart are free again', async () => {
    await leftBehind({ hasIntent: false });
    expect(shop.stockOf('field-notes')).toBe(stock - 1);
    expect(await buyer.pay()).toMatchObject({ status: 409, error: { reason: 'payment_expired' } });
    expect(shop.stockOf('field-notes')).toBe(stock);
    expect(await buyer.charges()).toEqual([]);
    expect((await buyer.customer.pay(randomUUID(), { cartId: buyer.cartId })).status).toBe(200);
  });
});
