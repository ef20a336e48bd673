import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createTaxClient, taxBreaker } from '#server/tax/tax-client.ts';
import { Customer, tally } from './customer.ts';
import { startShop } from './running-shop.ts';

const LINE = { sku: 'field-notes', quantity: 1, name: 'Field Notes', unitAmountMinor: 2_000 };
const REQUEST = { lines: [LINE], subtotalMinor: 2_000, currency: 'eur' };

describe('a tax service that is down', () => {
  it('is not asked any more: the next payment is told so at once, with nothing taken, and pays when it is back', async () => {
    await using shop = await startShop({ WORKERS: 'off' });
    const buyers = Array.from({ length: 3 }, () => new Customer(shop));
    const carts = await Promise.all(buyers.map((buyer) => buyer.fillCart()));
    const keys = buyers.map(() => randomUUID());
    const pay = (at: number) => buyers[at]?.pay(keys[at] ?? '', { cartId: carts[at] ?? '' });

    // Eight failures are two payments with four tries each; the third would need a ninth.
    await shop.fault({ operation: 'tax.quote', fault: 'error', status: 503, times: 8 });
    const stockBefore = shop.stockOf('field-notes');
    const first = [await pay(0), await pay(1)].filter((answer) => answer !== undefined);
    expect(tally(first)).toEqual({ tax_unavailable: 2 });

    const turnedAway = await pay(2);
    expect(turnedAway).toMatchObject({ status: 503, error: { reason: 'tax_unavailable', retryable: true } });
    expect(Number(turnedAway?.headers.get('Retry-After'))).toBeGreaterThanOrEqual(1);
    expect(Number(turnedAway?.headers.get('Retry-After'))).toBeLessThanOrEqual(6);
    expect(shop.stockOf('field-notes')).toBe(stockBefore);
    expect(shop.rows('select 1 from payments')).toEqual([]);
    expect(await shop.charges()).toEqual([]);

    await expect.poll(async () => (await pay(2))?.status, { timeout: 15_000, interval: 500 }).toBe(200);
    expect(await shop.charges()).toHaveLength(1);
  });

  it('is probed once when the time is up: a probe that fails keeps it open, one that is answered closes it', async () => {
    await using shop = await startShop({ WORKERS: 'off' });
    let now = 0;
    const breaker = taxBreaker({ now: () => now, random: () => 0 });
    const tax = createTaxClient(`${shop.sandboxUrl}/tax/quote`, breaker);
    await shop.fault({ operation: 'tax.quote', fault: 'error', status: 503, times: 9 });
    await tax.quote(REQUEST);
    expect(breaker.state()).toBe('closed');
    await tax.quote(REQUEST);
    expect(breaker.state()).toBe('open');

    now = 2_000;
    expect(await tax.quote(REQUEST)).toEqual({ kind: 'unavailable', retryAfterMs: 3_000 });
    now = 5_000;
    expect(await tax.quote(REQUEST)).toEqual({ kind: 'unavailable', retryAfterMs: 5_000 });
    now = 10_000;
    expect((await tax.quote(REQUEST)).kind).toBe('taxed');
    expect(breaker.state()).toBe('closed');
  });

  it('is asked four times in all, and again when an answer is not there in time', async () => {
    await using shop = await startShop({ WORKERS: 'off' });
    const tax = createTaxClient(`${shop.sandboxUrl}/tax/quote`, taxBreaker());
    await shop.fault({ operation: 'tax.quote', fault: 'error', status: 503, times: 0 });
    expect((await tax.quote(REQUEST)).kind).toBe('unavailable');
    expect(await shop.faultHits()).toBe(4);

    await shop.clearFaults();
    await shop.fault({ operation: 'tax.quote', fault: 'delay', delayMs: 60_000 });
    expect((await tax.quote(REQUEST)).kind).toBe('taxed');
  });

  it('is not taken for down by a failure now and then', async () => {
    await using shop = await startShop({ WORKERS: 'off' });
    const breaker = taxBreaker();
    const tax = createTaxClient(`${shop.sandboxUrl}/tax/quote`, breaker);
    for (let quote = 0; quote < 4; quote += 1) {
      await shop.fault({ operation: 'tax.quote', fault: 'error', status: 503, times: 3 });
      expect((await tax.quote(REQUEST)).kind).toBe('taxed');
    }
    expect(breaker.state()).toBe('closed');
  });
});
