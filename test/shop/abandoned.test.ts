import { expect, it } from 'vitest';
import { endAbandoned } from '#server/checkout/end-abandoned.ts';
import { startReaper } from '#server/workers/reaper.ts';
import { Customer } from './customer.ts';
import { clockAhead, reconcilerOf } from './reconciling.ts';
import { startShop } from './running-shop.ts';

it('an unprotected payment that nobody knows the end of gives its stock back and stays charged', async () => {
  await using shop = await startShop({ WORKERS: 'off' });
  const clock = clockAhead();
  await using other = await reconcilerOf(shop, { clock });
  const { database } = other.room;
  const customer = new Customer(shop);
  const cartId = await customer.fillCart();
  const stock = shop.stockOf('field-notes');
  await shop.fault({ operation: 'payment_intents.confirm', fault: 'drop_answer', match: { cartId } });
  expect((await customer.payUnprotected({ cartId })).error.reason).toBe('payment_outcome_unknown');
  expect(shop.stockOf('field-notes')).toBe(stock - 1);

  clock.advance(30_000);
  expect(await database.write((tx) => endAbandoned(tx, { now: clock(), limit: 500 }))).toBe(0);

  clock.advance(60_000);
  const reaper = startReaper({ ...other.room, isLeading: () => true, everyMs: 5 });
  await expect.poll(() => shop.stockOf('field-notes')).toBe(stock);
  await reaper.stop();
  expect(shop.rows('select status from payments')).toEqual([{ status: 'refused' }]);
  expect(shop.rows('select 1 from orders')).toEqual([]);
  expect(await shop.charges()).toHaveLength(1);
});
