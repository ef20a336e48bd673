import { randomUUID } from 'node:crypto';
import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { deleteOldRows } from '#db/old-rows.ts';
import { startReaper } from '#server/workers/reaper.ts';
import { Customer } from './customer.ts';
import { clockAhead, reconcilerOf } from './reconciling.ts';
import { startShop } from './running-shop.ts';

/** Beside what the provider said of intents. */
const OTHERS = ['request_log', 'removed_carts'];
const DAY_MS = 24 * 60 * 60 * 1000;

it('what was heard and logged goes after 30 days, in small transactions, and what was paid stays', async () => {
  await using shop = await startShop({ WORKERS: 'off' });
  const clock = clockAhead();
  await using other = await reconcilerOf(shop, { clock });
  const customer = new Customer(shop);
  const cartId = await customer.fillCart();
  expect((await customer.pay(randomUUID(), { cartId })).status).toBe(200);
  await customer.mutate('cart.remove', { cartId: await customer.fillCart() });
  await expect.poll(() => count('request_log')).toBe(1);
  const [main] = shop.rows<{ file: string }>('pragma database_list');
  const connection = new Sqlite(String(main?.file));
  const insert = connection.prepare("insert into intent_states values (?, 'succeeded', ?)");
  connection.transaction(() => {
    for (let at = 0; at < 1_100; at += 1) insert.run(`pi_${at}`, clock());
  })();
  function count(table: string) {
    return shop.rows<{ n: number }>(`select count(*) n from ${table}`)[0]?.n;
  }
  const counts = (tables: readonly string[]) => tables.map(count);

  clock.advance(30 * DAY_MS - 60_000);
  const now = () => other.room.database.write((tx) => deleteOldRows(tx, { before: clock() - 30 * DAY_MS, limit: 500 }));
  expect(await now()).toBe(false);
  expect([count('intent_states'), ...counts(OTHERS)]).toEqual([1_100, 1, 1]);

  clock.advance(120_000);
  expect(await now()).toBe(true);
  expect([count('intent_states'), ...counts(OTHERS)]).toEqual([600, 0, 0]);
  insert.run('pi_young', clock());
  connection.close();

  const reaper = startReaper({ ...other.room, isLeading: () => true, everyMs: 5 });
  await expect.poll(() => count('intent_states')).toBe(1);
  await reaper.stop();
  expect(count('idempotency_keys')).toBe(0);
  expect([count('orders'), count('payments'), count('outbox')]).toEqual([1, 1, 1]);
});
