import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Buyer, buyerAt, clockAhead, type Reconciler, reconcilerOf } from './reconciling.ts';
import { type RunningShop, startShop } from './running-shop.ts';

const MINUTE_MS = 60_000;

let shop: RunningShop;
let reconciler: Reconciler;
let buyer: Buyer;
const clock = clockAhead();
beforeAll(async () => {
  shop = await startShop({ WORKERS: 'off' }, { clock });
  reconciler = await reconcilerOf(shop, { clock });
});
beforeEach(async () => {
  buyer = await buyerAt(shop);
});
afterAll(async () => {
  await reconciler[Symbol.asyncDispose]();
  await shop[Symbol.asyncDispose]();
});

const keyRow = () =>
  shop.rows<{ state: string; token: number }>(
    'select processing_state state, fencing_token token from idempotency_keys where key = ?',
    buyer.key,
  )[0];

/** As five crashed takeovers leave a key. */
function putAside(ofKey: string): void {
  const [main] = shop.rows<{ file: string }>('pragma database_list');
  const connection = new Sqlite(String(main?.file));
  const set = "processing_state = 'failed', takeovers = 5, lease_expires_at = null, resume_at = null";
  connection.prepare(`update idempotency_keys set ${set} where key = ?`).run(ofKey);
  connection.close();
}

describe('a key that was put aside after too many crashes', () => {
  it('is left aside while a payment could still be begun', async () => {
    await buyer.chargeUnseen();
    putAside(buyer.key);
    const before = keyRow();
    await reconciler.cycle();
    expect(keyRow()).toEqual(before);
    // Its capture is seen and waits with it.
    expect(buyer.findings()).toMatchObject([{ found: 'unfinished', done: 'waiting' }]);
    expect(reconciler.alarms.at(-1)).toContain('quarantined');
  });

  it('has one more run after that, which adopts what was captured', async () => {
    await buyer.chargeUnseen();
    putAside(buyer.key);
    clock.advance(16 * MINUTE_MS);
    await reconciler.cycle();
    expect(buyer.findings()).toMatchObject([{ found: 'quarantined_key', done: 'adopted' }]);
    expect(buyer.orders()).toHaveLength(1);
    expect(await buyer.standing()).toHaveLength(1);
    expect((await buyer.pay()).headers.get('Idempotent-Replayed')).toBe('true');
  });

  it('has one more run after that, which gives the stock back when nothing was captured', async () => {
    const stock = shop.stockOf('field-notes');
    await buyer.fault('confirm', 'refuse');
    expect((await buyer.pay()).error.reason).toBe('payment_outcome_unknown');
    expect(shop.stockOf('field-notes')).toBe(stock - 1);
    putAside(buyer.key);
    clock.advance(16 * MINUTE_MS);
    await reconciler.cycle();
    expect((await buyer.pay()).error.reason).toBe('payment_expired');
    expect(shop.stockOf('field-notes')).toBe(stock);
    expect(await buyer.charges()).toEqual([]);
  });

  it('is run by nobody again when that run crashes too, and stays to be seen', async () => {
    await buyer.chargeUnseen();
    putAside(buyer.key);
    clock.advance(16 * MINUTE_MS);
    const dying = await reconcilerOf(shop, { clock });
    await buyer.fault('retrieve', 'delay', { delayMs: 1_000 });
    const crashed = dying.cycle().catch(() => 'gone');
    await expect.poll(() => keyRow()?.state).toBe('pending');
    // As far as anybody can see, its process is gone: nothing of it is written any more.
    await dying.room.close();
    clock.advance(MINUTE_MS);
    expect((await buyer.pay()).error.reason).toBe('idempotency_key_quarantined');

    const before = keyRow();
    await reconciler.cycle();
    await reconciler.cycle();
    expect(keyRow()).toEqual(before);
    const { data } = await buyer.customer.query('backstage.ledger', { cartId: buyer.cartId });
    expect((data.rows as { reconciled: object[] }).reconciled).toContainEqual(
      expect.objectContaining({ found: 'quarantined_key', done: 'waiting', failure: 'its last run crashed too' }),
    );
    expect(await buyer.standing()).toHaveLength(1);
    expect(await crashed).toBe('gone');
  });
});
