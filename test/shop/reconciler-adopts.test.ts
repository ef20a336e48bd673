import Sqlite from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PaymentProvider } from '#server/payments/provider.ts';
import type { ProviderLedger } from '#server/payments/provider-ledger.ts';
import { reconcile } from '#server/payments/reconcile.ts';
import { startReconciler } from '#server/workers/reconciler.ts';
import { type Buyer, buyerAt, clockAhead, type Reconciler, reconcilerOf } from './reconciling.ts';
import { type RunningShop, startShop } from './running-shop.ts';

/** Of a shop with its usual lease. */
const MIN_AGE_MS = 76_000;

let shop: RunningShop;
let reconciler: Reconciler;
let buyer: Buyer;
beforeAll(async () => {
  // Nobody carries on what the tests leave lying but their own reconciler.
  shop = await startShop({ WORKERS: 'off' });
  reconciler = await reconcilerOf(shop);
});
beforeEach(async () => {
  buyer = await buyerAt(shop);
});
afterEach(() => shop.clearFaults());
afterAll(async () => {
  await reconciler[Symbol.asyncDispose]();
  await shop[Symbol.asyncDispose]();
});

describe('a capture that the shop missed', () => {
  it('is adopted and not refunded: the payment is carried on to its order', async () => {
    await buyer.chargeUnseen();
    await reconciler.cycle();
    const [charge] = await buyer.standing();
    expect(buyer.orders()).toEqual([{ charge_id: charge?.id }]);
    expect(buyer.findings()).toMatchObject([{ subject_id: charge?.id, found: 'unfinished', done: 'adopted' }]);
    const retried = await buyer.pay();
    expect(retried.status).toBe(200);
    expect(retried.headers.get('Idempotent-Replayed')).toBe('true');
  });

  it('is left alone while a run holds the key of its attempt', async () => {
    await buyer.fault('confirm', 'delay_answer', { delayMs: 1_500 });
    const paying = buyer.pay();
    await expect.poll(() => buyer.charges()).toHaveLength(1);
    await reconciler.cycle();
    expect(buyer.findings()).toMatchObject([{ found: 'unfinished', done: 'waiting' }]);

    expect((await paying).status).toBe(200);
    await reconciler.cycle();
    expect(buyer.findings()).toMatchObject([{ found: 'unfinished', done: 'adopted' }]);
    expect(await buyer.standing()).toHaveLength(1);
  });

  it('is given back when this database has never heard of its attempt', async () => {
    await buyer.chargeUnseen();
    forget(buyer.cartId);
    await reconciler.cycle();
    expect(await buyer.standing()).toEqual([]);
    expect(buyer.findings()).toMatchObject([{ found: 'no_order', done: 'refunded' }]);
  });

  it('is given back when its attempt has ended without it', async () => {
    await buyer.chargeUnseen();
    // A copy of the provider has it wrong, and the customer is told so.
    await buyer.fault('retrieve', 'alter_answer', { answer: { status: 'canceled' } });
    expect((await buyer.pay()).error.reason).toBe('payment_expired');
    expect(await buyer.standing()).toHaveLength(1);

    await reconciler.cycle();
    expect(await buyer.standing()).toEqual([]);
    expect(buyer.findings()).toMatchObject([{ found: 'no_order', done: 'refunded' }]);
    expect(buyer.orders()).toEqual([]);
  });

  it('is left alone when it belongs to another shop on the same account', async () => {
    await using other = await startShop({ WORKERS: 'off', SANDBOX_PORT: new URL(shop.sandboxUrl).port });
    buyer = await buyerAt({ ...shop, url: other.url });
    await buyer.chargeUnseen();
    await reconciler.cycle();
    expect(await buyer.standing()).toHaveLength(1);
    expect(buyer.findings()).toEqual([]);
  });
});

describe('an intent that nobody will confirm', () => {
  it('is cancelled when its attempt has gone on with another', async () => {
    await buyer.fault('create', 'error_after', { status: 500 });
    expect((await buyer.pay()).status).toBe(200);
    await reconciler.cycle();
    await reconciler.cycle();
    expect(buyer.findings()).toMatchObject([{ found: 'spare_intent', done: 'cancelled' }]);
    expect(await buyer.standing()).toHaveLength(1);
  });

  it('is cancelled when its answer was lost twice, and the payment goes on with another; nobody is alarmed', async () => {
    const before = reconciler.alarms.length;
    await buyer.fault('create', 'drop_answer', { times: 2 });
    expect((await buyer.pay()).error.reason).toBe('payment_provider_unavailable');
    expect(await shop.intents(buyer.cartId)).toEqual(['requires_confirmation']);
    await reconciler.cycle();
    await reconciler.cycle();
    expect(buyer.findings()).toMatchObject([{ found: 'spare_intent', done: 'cancelled' }]);
    expect((await buyer.pay()).status).toBe(200);
    await reconciler.cycle();
    expect(buyer.findings()).toHaveLength(1);
    expect(await shop.intents(buyer.cartId)).toEqual(expect.arrayContaining(['canceled', 'succeeded']));
    expect(await buyer.standing()).toHaveLength(1);
    expect(reconciler.alarms.slice(before)).toEqual([]);
  });

  it('is left alone while its answer is under way to the payment that will confirm it', async () => {
    await buyer.fault('create', 'delay_answer', { delayMs: 1_500 });
    const paying = buyer.pay();
    await expect.poll(() => shop.intents(buyer.cartId)).toEqual(['requires_confirmation']);
    await reconciler.cycle();
    expect(await paying).toMatchObject({ status: 200, data: { status: 'paid' } });
    await reconciler.cycle();
    expect(buyer.findings()).toMatchObject([{ found: 'spare_intent', done: 'adopted' }]);
    expect(await buyer.standing()).toHaveLength(1);
  });

  it('is left alone as long as a run may be at it, be our clock an hour ahead and however soon cycles follow', async () => {
    const clock = clockAhead();
    clock.advance(60 * 60_000);
    await using first = await reconcilerOf(shop, { clock });
    await using second = await reconcilerOf(shop, { clock });
    await buyer.fault('create', 'delay_answer', { delayMs: 1_500 });
    const paying = buyer.pay();
    await expect.poll(() => shop.intents(buyer.cartId)).toEqual(['requires_confirmation']);
    for (const one of [first, second, first]) await one.cycle(MIN_AGE_MS);
    expect(buyer.findings()).toMatchObject([{ found: 'spare_intent', done: 'waiting' }]);
    expect(await paying).toMatchObject({ status: 200, data: { status: 'paid' } });

    clock.advance(MIN_AGE_MS);
    await second.cycle(MIN_AGE_MS);
    expect(buyer.findings()).toMatchObject([{ found: 'spare_intent', done: 'adopted' }]);
  });

  it('holds up no capture: one without an order is given back while the provider does not answer the cancel', async () => {
    await buyer.fault('create', 'drop_answer', { times: 2 });
    await buyer.pay();
    await reconciler.cycle();
    await buyer.chargeUnseen();
    forget(buyer.cartId);
    await buyer.fault('cancel', 'delay', { delayMs: 3_000 });
    const cycling = reconciler.cycle();
    const refunded = { found: 'no_order', done: 'refunded' };
    const spare = { found: 'spare_intent', done: 'waiting' };
    await expect.poll(() => buyer.findings(), { timeout: 10_000 }).toMatchObject([refunded, spare]);
    await cycling;
    expect(buyer.findings()).toMatchObject([{ ...spare, done: 'cancelled' }, refunded]);
  });

  it('waits with the others for a later cycle when the provider is slow, so that no capture is found late', async () => {
    await buyer.fault('create', 'drop_answer', { times: 6 });
    for (let lost = 0; lost < 3; lost += 1) await buyer.pay();
    await reconciler.cycle();

    const clock = clockAhead();
    await using other = await reconcilerOf(shop, { clock });
    const slow: PaymentProvider = {
      ...other.room.provider,
      cancel(intentId) {
        clock.advance(16_000);
        return other.room.provider.cancel(intentId);
      },
    };
    await reconcile({ ...other.room, provider: slow }, { minAgeMs: 0, isStopped: () => false });
    expect(buyer.findings().map(({ done }) => done)).toEqual(['cancelled', 'cancelled', 'waiting']);
    await other.cycle();
    expect(buyer.findings().map(({ done }) => done)).toEqual(['cancelled', 'cancelled', 'cancelled']);
  });

  it('is told to a person once, when the provider has not said for a day what became of it', async () => {
    const clock = clockAhead();
    await using other = await reconcilerOf(shop, { clock });
    await buyer.fault('create', 'drop_answer', { times: 2 });
    await buyer.pay();
    for (const operation of ['cancel', 'retrieve']) await buyer.fault(operation, 'error', { status: 404, times: 0 });
    for (let cycle = 0; cycle < 2; cycle += 1) await other.cycle();
    expect(other.alarms).toEqual([]);
    clock.advance(25 * 60 * 60_000);
    for (let cycle = 0; cycle < 2; cycle += 1) await other.cycle();
    expect(other.alarms).toEqual([expect.stringContaining('has not said for a day')]);
  });

  it('is left to its attempt once that is reserved, and cancels nothing that is being paid', async () => {
    await buyer.fault('confirm', 'delay', { delayMs: 1_500 });
    const paying = buyer.pay();
    await expect.poll(() => shop.intents(buyer.cartId)).toEqual(['requires_confirmation']);
    await reconciler.cycle();
    expect((await paying).status).toBe(200);
    expect(buyer.findings()).toEqual([]);
  });
});

it('leaves unprotected payments as they are, charged as often as they were', async () => {
  await buyer.customer.payUnprotected({ cartId: buyer.cartId });
  await buyer.fault('confirm', 'drop_answer');
  expect((await buyer.customer.payUnprotected({ cartId: buyer.cartId })).error.reason).toBe('payment_outcome_unknown');
  expect(await buyer.charges()).toHaveLength(2);
  await reconciler.cycle();
  expect(await buyer.standing()).toHaveLength(2);
  expect(buyer.findings()).toEqual([]);
});

it('reads on from where it was, and not all there ever was', async () => {
  await buyer.pay();
  await reconciler.cycle();
  const [mark] = shop.rows<{ at: number }>('select charges_compared_until as at from instance');
  const newest = Math.max(...(await shop.charges()).map(({ created }) => created * 1000));
  expect(mark?.at).toBe(newest);
});

it('looks by itself, at what is older than twice a lease and a call to the provider', async () => {
  await buyer.chargeUnseen();
  const clock = clockAhead();
  await using other = await reconcilerOf(shop, { clock, settings: { IDEMPOTENCY_LEASE_MS: '1000' } });
  let looks = 0;
  const counted: ProviderLedger = {
    ...other.room.ledger,
    captures(span) {
      looks += 1;
      return other.room.ledger.captures(span);
    },
  };
  const worker = startReconciler({ ...other.room, ledger: counted, everyMs: 5, isLeading: () => true });
  await expect.poll(() => looks).toBeGreaterThan(2);
  expect(buyer.findings()).toEqual([]);

  clock.advance(2 * (1_000 + 8_000) + 1_000);
  await expect.poll(() => buyer.findings()).toMatchObject([{ found: 'unfinished', done: 'adopted' }]);
  await worker.stop();
});

/** As a database that was restored from an older copy has forgotten it. */
function forget(ofCart: string): void {
  const [main] = shop.rows<{ file: string }>('pragma database_list');
  const connection = new Sqlite(String(main?.file));
  connection.prepare('delete from payments where cart_id = ?').run(ofCart);
  connection.close();
}
