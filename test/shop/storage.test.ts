import { randomUUID } from 'node:crypto';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { Customer } from './customer.ts';
import { type RunningShop, startShop } from './running-shop.ts';

/** A second process on the same file, as a backup or a person with a shell would be. */
function another(shop: RunningShop): Sqlite.Database {
  const [main] = shop.rows<{ file: string }>('select file from pragma_database_list');
  return new Sqlite(main?.file ?? '');
}

describe('a database that cannot be used', () => {
  it('is 503 and the same key: nothing is begun, and the key pays when the lock is gone', async () => {
    await using shop = await startShop({ WORKERS: 'off' });
    const customer = new Customer(shop);
    const cartId = await customer.fillCart();
    const key = randomUUID();
    const other = another(shop);
    other.exec('BEGIN IMMEDIATE');
    const locked = await customer.pay(key, { cartId });
    other.exec('ROLLBACK');
    other.close();

    expect(locked).toMatchObject({ status: 503, error: { reason: 'storage_unavailable', retryable: true } });
    expect(locked.headers.get('Retry-After')).toBe('1');
    expect(locked.text).not.toMatch(/sqlite/i);
    expect(await shop.charges()).toEqual([]);
    expect((await customer.pay(key, { cartId })).status).toBe(200);
    expect(await shop.charges()).toHaveLength(1);
  });
});

describe('a key whose first run and five takeovers crashed', () => {
  it('is 503, tried by nobody, and charged by nobody', async () => {
    await using shop = await startShop({ WORKERS: 'off' });
    const customer = new Customer(shop);
    const cartId = await customer.fillCart();
    const key = randomUUID();
    await shop.fault({ operation: 'tax.quote', fault: 'error', status: 503, times: 4 });
    await customer.pay(key, { cartId });
    const other = another(shop);
    other.exec('UPDATE idempotency_keys SET takeovers = 5, lease_expires_at = 1, resume_at = NULL');
    other.close();

    const answer = await customer.pay(key, { cartId });
    expect(answer).toMatchObject({ status: 503, error: { reason: 'idempotency_key_quarantined' } });
    expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect(await shop.charges()).toEqual([]);
    expect((await customer.query('checkout.status', { idempotencyKey: key })).data).toEqual({ state: 'unknown' });
  });
});
