import { randomUUID } from 'node:crypto';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { type Answer, Customer, type PayRequest } from './customer.ts';
import { clockAhead } from './reconciling.ts';
import { type RunningShop, startShop } from './running-shop.ts';

const HOUR_MS = 60 * 60_000;

let shop: RunningShop;
let databaseFile: string;
beforeAll(async () => {
  shop = await startShop({}, { onOpened: ({ env }) => (databaseFile = env.databaseFile) });
});
afterAll(() => shop[Symbol.asyncDispose]());

/** Carried out for the first request, then replayed by the engine, then at the door. */
async function askedThreeTimes(request: Partial<PayRequest> = {}) {
  const customer = new Customer(shop);
  const cartId = await customer.fillCart();
  const key = randomUUID();
  const pay = () => customer.pay(key, { cartId, ...request });
  // The same content with its properties in another order: that only the engine can tell.
  const input = { cartId, email: 'guest@example.com', expectedTotalMinor: 2_490, paymentMethod: 'pm_card_visa' };
  const reordered = () => customer.mutate('checkout.pay', { ...input, ...request }, { 'Idempotency-Key': `"${key}"` });
  const executed = await pay();
  const byTheEngine = await reordered();
  forget(key);
  return { cartId, key, executed, byTheEngine, atTheDoor: await reordered() };
}

/** Behind the shop's back: what is said of the key from now on is said from memory. */
function forget(key: string): void {
  const database = new Sqlite(databaseFile);
  database.prepare('delete from idempotency_keys where key = ?').run(key);
  database.close();
}

const loggedOf = (cartId: string) =>
  shop.rows<Record<string, unknown>>('select * from request_log where cart_id = ? order by rowid', cartId);

function saidBy({ status, text, headers }: Answer) {
  const own = ['x-request-id', 'date'];
  return { status, text, headers: [...headers].filter(([name]) => !own.includes(name)) };
}

describe('two shops at one file, one of whose clocks is ahead', () => {
  it('say the same: what one has begun anew the other does not refuse from memory', async () => {
    const [behind, ahead] = [clockAhead(), clockAhead()];
    const sandbox = await startSandbox({ port: 0, smtpPort: 0, file: ':memory:' });
    await using one = await startShop({ WORKERS: 'off' }, { sandbox, clock: behind });
    const [main] = one.rows<{ file: string }>('pragma database_list');
    const settings = { WORKERS: 'off', DATABASE_URL: `file:${main?.file}` };
    await using other = await startShop(settings, { sandbox, clock: ahead });
    const customer = new Customer(one);
    const cartId = await customer.fillCart();
    const pay = () => customer.pay(key, { cartId });
    const key = randomUUID();
    await one.fault({ operation: 'tax.quote', fault: 'tax_rate', rate: 0.5 });
    expect((await pay()).error.reason).toBe('total_changed');

    behind.advance(23.5 * HOUR_MS);
    ahead.advance(24.4 * HOUR_MS);
    expect((await pay()).headers.get('Idempotent-Replayed')).toBe('true');
    customer.visit(other);
    const paid = await pay();
    expect(paid.status).toBe(200);
    customer.visit(one);
    expect(await pay()).toMatchObject({ status: 200, text: paid.text });
    await sandbox.close();
  });
});

describe('a payment that is sent again', () => {
  it('is answered at the door the first time already, as the run that paid answered', async () => {
    const customer = new Customer(shop);
    const cartId = await customer.fillCart();
    const key = randomUUID();
    const executed = await customer.pay(key, { cartId });
    forget(key);
    const again = await customer.pay(key, { cartId });
    expect(again).toMatchObject({ status: 200, text: executed.text });
    expect(again.headers.get('Idempotent-Replayed')).toBe('true');
    expect(again.headers.get('Idempotency-Expires')).toBe(executed.headers.get('Idempotency-Expires'));
  });

  it.each([
    ['was paid', {}, 200],
    ['was declined', { paymentMethod: 'pm_card_chargeDeclined' }, 402],
  ])('is answered to the letter as the engine would when it %s', async (_how, request, status) => {
    const { byTheEngine, atTheDoor } = await askedThreeTimes(request);
    expect(byTheEngine.status).toBe(status);
    expect(byTheEngine.headers.get('Idempotent-Replayed')).toBe('true');
    expect(saidBy(atTheDoor)).toEqual(saidBy(byTheEngine));
    expect(atTheDoor.headers.get('X-Request-Id')).not.toBe(byTheEngine.headers.get('X-Request-Id'));
  });

  it('is logged as a replay of the engine is', async () => {
    const { cartId } = await askedThreeTimes();
    await vi.waitFor(() => expect(loggedOf(cartId)).toHaveLength(3));
    const [, second, third] = loggedOf(cartId);
    expect(second).toMatchObject({ verdict: 'replayed', http_status: 200, operation: 'checkout.pay' });
    const own = { request_id: expect.any(String), received_at: expect.any(Number), duration_ms: expect.any(Number) };
    expect(third).toEqual({ ...second, ...own });
    expect(third?.request_id).not.toBe(second?.request_id);
  });

  it('is another payment when somebody else sends it', async () => {
    const { cartId, key } = await askedThreeTimes();
    const eve = new Customer(shop);
    await eve.fillCart(['enamel-mug']);
    expect((await eve.pay(key, { cartId })).error.reason).toBe('not_found');
  });

  it('is asked for in the engine when its content is another', async () => {
    const customer = new Customer(shop);
    const cartId = await customer.fillCart();
    const key = randomUUID();
    for (let request = 1; request <= 3; request += 1) await customer.pay(key, { cartId });
    expect((await customer.pay(key, { cartId, email: 'other@example.com' })).error.reason).toBe(
      'idempotency_key_reused',
    );
    expect((await customer.pay(key, { cartId })).headers.get('Idempotent-Replayed')).toBe('true');
  });
});
