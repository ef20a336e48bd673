import { randomUUID } from 'node:crypto';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '#db/open.ts';
import { readBacklog } from '#db/shop-state.ts';
import { Customer } from './customer.ts';
import { type RunningShop, startShop } from './running-shop.ts';

const scrape = (shop: RunningShop, headers: Record<string, string> = {}) =>
  fetch(`${shop.url}/api/metrics`, { headers });

/** What one line of the metrics says, whatever the order of its labels; 0 for a line that is not there. */
function metricOf(text: string, name: string, labels: Record<string, string> = {}): number {
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  const lines = text.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
  const line = lines.find((candidate) => wanted.every((label) => candidate.includes(label)));
  return line === undefined ? 0 : Number(line.slice(line.lastIndexOf(' ')));
}

describe('the metrics', () => {
  const key = randomUUID();
  const email = 'ada.lovelace@example.com';
  let shop: RunningShop;
  let text: string;
  beforeAll(async () => {
    shop = await startShop({ DEMO: 'off', WORKERS: 'off' });
    const customer = new Customer(shop);
    const cartId = await customer.fillCart();
    await customer.pay(key, { cartId, email });
    await customer.pay(key, { cartId, email });
    await customer.pay(key, { cartId, email });
    await customer.pay(key, { cartId, email, expectedTotalMinor: 1 });
    const declinedCart = await customer.fillCart();
    await customer.pay(randomUUID(), { cartId: declinedCart, paymentMethod: 'pm_card_chargeDeclined' });
    await customer.pay(randomUUID(), { cartId: randomUUID() });
    await customer.query(`no.such.${key}`);
    const response = await scrape(shop);
    expect(response.headers.get('Content-Type')).toMatch(/^text\/plain; version=0\.0\.4/);
    text = await response.text();
  });
  afterAll(() => shop[Symbol.asyncDispose]());

  it('count each answered request once, by what became of it', () => {
    const pays = (verdict: string, reason: string) =>
      metricOf(text, 'payonce_requests_total', { operation: 'checkout.pay', verdict, reason });
    expect(pays('executed', 'none')).toBe(1);
    expect(pays('replayed', 'none')).toBe(2);
    expect(pays('executed', 'card_declined')).toBe(1);
    expect(pays('refused', 'idempotency_key_reused')).toBe(1);
    expect(pays('refused', 'not_found')).toBe(1);
    expect(metricOf(text, 'payonce_requests_total', { operation: 'cart.put', verdict: 'answered' })).toBe(2);
    expect(metricOf(text, 'payonce_request_duration_seconds_count', { operation: 'checkout.pay' })).toBe(6);
  });

  it('count what happened to keys', () => {
    const events = (event: string, reason: string) =>
      metricOf(text, 'payonce_key_events_total', { operation: 'checkout.pay', event, reason });
    expect(events('executed', 'none')).toBe(1);
    expect(events('executed', 'card_declined')).toBe(1);
    expect(events('replayed', 'none')).toBe(2);
    expect(events('reused', 'none')).toBe(1);
    expect(events('rejected', 'not_found')).toBe(1);
    expect(events('taken_over', 'none')).toBe(0);
  });

  it('time the provider, the tax service and the commits', () => {
    const calls = (service: string, call: string, answer: string) =>
      metricOf(text, 'payonce_outside_call_duration_seconds_count', { service, call, answer });
    expect(calls('payments', 'confirm', 'intent')).toBe(1);
    expect(calls('payments', 'confirm', 'declined')).toBe(1);
    expect(calls('tax', 'quote', 'taxed')).toBe(2);
    expect(metricOf(text, 'payonce_write_duration_seconds_count')).toBeGreaterThan(8);
  });

  it('show what waits: the e-mail that no worker sends, and no payment without an end', () => {
    expect(metricOf(text, 'payonce_state_readable')).toBe(1);
    expect(metricOf(text, 'payonce_outbox_waiting')).toBe(1);
    expect(metricOf(text, 'payonce_outbox_dead_letters')).toBe(0);
    expect(metricOf(text, 'payonce_attempts_live')).toBe(0);
    expect(metricOf(text, 'payonce_keys_quarantined')).toBe(0);
    expect(metricOf(text, 'payonce_database_bytes')).toBeGreaterThan(4_096);
    expect(metricOf(text, 'payonce_wal_bytes')).toBeGreaterThan(0);
    expect(text).toContain('nodejs_eventloop_lag_p99_seconds');
    expect(text).toContain('process_resident_memory_bytes');
  });

  it('hold no key, no customer and nothing else that a request chose', () => {
    const [payment] = shop.rows<{ principal: string; cart_id: string; attempt_id: string }>('select * from payments');
    for (const secret of [
      key,
      email,
      payment?.principal,
      payment?.cart_id,
      payment?.attempt_id,
      'pm_card',
      'no.such',
    ]) {
      expect(secret).toBeTruthy();
      expect(text).not.toContain(secret);
    }
    expect(metricOf(text, 'payonce_requests_total', { operation: 'unknown', reason: 'not_found' })).toBe(1);
  });
});

describe('who may read the metrics', () => {
  it('is this machine, and nobody behind a proxy on it', async () => {
    await using shop = await startShop({ WORKERS: 'off' });
    expect((await scrape(shop)).status).toBe(200);
    for (const header of ['X-Forwarded-For', 'Forwarded', 'Via', 'X-Real-IP']) {
      expect((await scrape(shop, { [header]: '127.0.0.1' })).status, header).toBe(404);
    }
  });

  it('is whoever has the token, from wherever, and nobody without it', async () => {
    const token = 'a-token-for-prometheus';
    await using shop = await startShop({ WORKERS: 'off', METRICS_TOKEN: token });
    const bearing = (bearer: string) =>
      scrape(shop, { Authorization: `Bearer ${bearer}`, 'X-Forwarded-For': '192.0.2.1' });
    expect((await bearing(token)).status).toBe(200);
    expect((await bearing(`${token}x`)).status).toBe(404);
    expect((await scrape(shop)).status).toBe(404);
  });
});

describe('the state behind the gauges', () => {
  it('is counted in indexes that hold nothing else, and to a bound', async () => {
    await using shop = await startShop({ WORKERS: 'off' });
    const [main] = shop.rows<{ file: string }>('select file from pragma_database_list');
    const customer = new Customer(shop);
    for (const _ of [1, 2]) await customer.pay(randomUUID(), { cartId: await customer.fillCart() });
    await shop.fault({ operation: 'payment_intents.confirm', fault: 'refuse' });
    await customer.pay(randomUUID(), { cartId: await customer.fillCart() });
    const raw = new Sqlite(main?.file ?? '');
    raw.exec('UPDATE outbox SET dead_at = 1 WHERE id = 1; UPDATE outbox SET created_at = 7 WHERE id = 2');
    raw.exec("UPDATE payments SET started_at = 9 WHERE status = 'live'");
    raw.exec(
      "UPDATE idempotency_keys SET processing_state = 'failed', lease_expires_at = NULL WHERE processing_state = 'pending'",
    );
    raw.close();

    const database = openDatabase({ file: main?.file ?? '' });
    expect(await readBacklog(database.reader)).toEqual({
      outboxWaiting: { number: 1, since: 7 },
      deadLetters: 1,
      liveAttempts: { number: 1, since: 9 },
      quarantinedKeys: 1,
    });
    await database.close();
    for (const [table, condition, index] of [
      ['outbox', 'sent_at is null and dead_at is null', 'outbox_due'],
      ['outbox', 'dead_at is not null', 'outbox_dead'],
      ['payments', "status = 'live'", 'payments_live'],
      ['idempotency_keys', "processing_state = 'failed'", 'idempotency_keys_put_aside'],
    ]) {
      const [plan] = shop.rows<{ detail: string }>(
        `explain query plan select 1 from ${table} where ${condition} limit 10000`,
      );
      expect(plan?.detail).toContain(`INDEX ${index}`);
    }
  });
});
