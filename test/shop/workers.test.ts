import type { ChildProcess } from 'node:child_process';
import Sqlite from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { standForElection } from '#server/workers/leader.ts';
import { startSweeping } from '#server/workers/worker.ts';
import { type Buyer, buyerAt, clockAhead, reconcilerOf } from './reconciling.ts';
import { type RunningShop, startShop } from './running-shop.ts';
import { ended, startWorker } from './worker-process.ts';

let shop: RunningShop;
let buyer: Buyer;
const started: ChildProcess[] = [];
beforeAll(async () => {
  shop = await startShop({ WORKERS: 'off', IDEMPOTENCY_LEASE_MS: '300' });
});
beforeEach(async () => {
  buyer = await buyerAt(shop);
});
afterEach(async () => {
  await shop.clearFaults();
  await Promise.all(started.splice(0).map((worker) => ended(worker, 'SIGKILL')));
});
afterAll(async () => {
  await shop[Symbol.asyncDispose]();
});

async function start(): Promise<ChildProcess> {
  const worker = await startWorker(shop, { IDEMPOTENCY_LEASE_MS: '300' });
  started.push(worker);
  return worker;
}

const leaders = () => shop.rows<{ holder: string }>('select holder from leader_leases').map(({ holder }) => holder);

const sent = () =>
  shop.rows(
    'select 1 from outbox join orders using (order_id) where cart_id = ? and sent_at is not null',
    buyer.cartId,
  );

it('a payment that its shop has left is finished by a worker process: one order, one charge, one email', async () => {
  await buyer.chargeUnseen();
  const worker = await start();
  await expect.poll(sent, { timeout: 20_000 }).toHaveLength(1);
  expect(buyer.orders()).toHaveLength(1);
  expect(await buyer.charges()).toHaveLength(1);
  expect(await ended(worker, 'SIGTERM')).toBe(0);
});

it('one of two worker processes leads, and the other takes over when it is killed', async () => {
  const first = await start();
  await expect.poll(leaders).toHaveLength(1);
  const [leader] = leaders();
  await start();
  await buyer.chargeUnseen();
  await expect.poll(buyer.orders, { timeout: 20_000 }).toHaveLength(1);
  expect(leaders()).toEqual([leader]);

  await ended(first, 'SIGKILL');
  buyer = await buyerAt(shop);
  await buyer.chargeUnseen();
  await expect.poll(sent, { timeout: 25_000 }).toHaveLength(1);
  expect(await buyer.charges()).toHaveLength(1);
  expect(leaders()).toHaveLength(1);
  expect(leaders()).not.toContain(leader);
}, 60_000);

it('a worker process that is told to end finishes what it has under way, and leaves the lead to the next', async () => {
  await buyer.chargeUnseen();
  await shop.fault({ operation: 'payment_intents.retrieve', fault: 'delay_answer', delayMs: 2_000 });
  const worker = await start();
  await expect.poll(() => shop.faultHits(), { timeout: 20_000 }).toBe(1);
  expect(await ended(worker, 'SIGTERM')).toBe(0);
  expect(buyer.orders()).toHaveLength(1);
  expect(leaders()).toEqual([]);
});

it('only who leads sweeps', async () => {
  const sweeps = { leader: 0, other: 0 };
  const sweeper = (name: keyof typeof sweeps) =>
    startSweeping({
      name,
      everyMs: 1,
      sweep: async () => {
        sweeps[name] += 1;
        return false;
      },
      isLeading: () => name === 'leader',
      alarm: () => undefined,
    });
  const workers = [sweeper('other'), sweeper('leader')];
  await expect.poll(() => sweeps.leader).toBeGreaterThan(5);
  expect(sweeps.other).toBe(0);
  await Promise.all(workers.map((worker) => worker.stop()));
});

it('a lead lasts a term, is renewed by who has it, and does not outlive a clock that is set back', async () => {
  const clock = clockAhead();
  await using one = await reconcilerOf(shop, { clock });
  const termMs = 60_000;
  const first = standForElection({ ...one.room, termMs, holder: 'first' });
  await expect.poll(() => first.isLeading()).toBe(true);
  const second = standForElection({ ...one.room, termMs, holder: 'second' });
  await second.settled();
  expect([first.isLeading(), second.isLeading()]).toEqual([true, false]);

  clock.advance(termMs);
  expect(first.isLeading()).toBe(false);
  const third = standForElection({ ...one.room, termMs, holder: 'third' });
  await third.settled();
  expect([third.isLeading(), leaders()]).toEqual([true, ['third']]);

  clock.advance(-3 * termMs);
  const fourth = standForElection({ ...one.room, termMs, holder: 'fourth' });
  await fourth.settled();
  expect(leaders()).toEqual(['fourth']);
  await Promise.all([first, second, third, fourth].map((leader) => leader.stop()));
  expect(leaders()).toEqual([]);
});

it('a worker process that is told to end is gone within 10 seconds, whatever hangs', async () => {
  await buyer.chargeUnseen();
  await shop.fault({ operation: 'payment_intents.retrieve', fault: 'delay_answer', delayMs: 60_000, times: 0 });
  const worker = await start();
  await expect.poll(() => shop.faultHits(), { timeout: 20_000 }).toBe(1);
  const other = new Sqlite(databaseFile());
  other.exec('begin immediate');
  const askedAt = performance.now();
  await ended(worker, 'SIGTERM');
  expect(performance.now() - askedAt).toBeLessThan(10_000);
  other.exec('rollback');
  other.close();
}, 60_000);

it('a process that is stopped past its lease in the middle of a payment changes nothing when it goes on', async () => {
  await buyer.chargeUnseen();
  await shop.fault({ operation: 'payment_intents.retrieve', fault: 'delay_answer', delayMs: 3_000 });
  const asleep = await start();
  await expect.poll(() => shop.faultHits(), { timeout: 40_000 }).toBe(1);
  await stopBetweenWrites(asleep);

  const successor = await start();
  await expect.poll(sent, { timeout: 40_000 }).toHaveLength(1);
  const before = everything();
  expect(before.orders).toHaveLength(1);
  asleep.kill('SIGCONT');
  // Told to end, it first ends its run: with the provider's answer in hand, and the key long gone.
  expect(await ended(asleep, 'SIGTERM')).toBe(0);
  expect(await ended(successor, 'SIGTERM')).toBe(0);
  expect(everything()).toEqual(before);
  expect(await buyer.charges()).toHaveLength(1);
}, 120_000);

/** What the payment has left in the database. */
function everything() {
  const ofCart = (from: string) => shop.rows(`select * from ${from} where cart_id = ?`, buyer.cartId);
  return {
    orders: ofCart('orders'),
    payments: ofCart('payments'),
    outbox: ofCart('outbox join orders using (order_id)'),
    keys: shop.rows('select * from idempotency_keys where key = ?', buyer.key),
  };
}

/** Whoever is stopped in the middle of a write keeps the file from all others, so it goes on a little and is stopped then. */
async function stopBetweenWrites(worker: ChildProcess): Promise<void> {
  const probe = new Sqlite(databaseFile(), { timeout: 0 });
  await expect
    .poll(
      async () => {
        worker.kill('SIGSTOP');
        await new Promise((resolve) => setTimeout(resolve, 10));
        try {
          probe.exec('begin immediate; rollback');
          return 'stopped';
        } catch {
          worker.kill('SIGCONT');
          return 'writing';
        }
      },
      { timeout: 2_000 },
    )
    .toBe('stopped');
  probe.close();
}

function databaseFile(): string {
  const [main] = shop.rows<{ file: string }>('pragma database_list');
  return String(main?.file);
}
