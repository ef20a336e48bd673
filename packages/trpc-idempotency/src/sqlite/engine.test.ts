import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createEngine, defineOperation, proceed, settled } from '../index.ts';
import { manualClock } from '../testing/index.ts';
import { crash, gate, HASH_KEY } from '../testing/workbench.ts';
import type { Queries } from './statement.ts';
import { createSqliteStore } from './store.ts';
import { openTemporaryDatabase } from './temporary-database.ts';

const input = z.object({ amountMinor: z.number() });

async function shop(between: () => Promise<void>) {
  const database = await openTemporaryDatabase();
  database.raw.exec('CREATE TABLE orders (made_by TEXT NOT NULL)');
  const insertOrder = database.raw.prepare('INSERT INTO orders VALUES (?)');
  const clock = manualClock();
  const engine = createEngine({ store: createSqliteStore(database), hashKeys: [HASH_KEY], clock });
  const pay = defineOperation<Queries, typeof input, { orderId: string }>({
    name: 'checkout.pay',
    version: 1,
    input,
    async run(_input, run) {
      const { data } = await run.phase('reserved', async () => proceed({ attemptId: run.requestId, note: null }));
      await run.call('charge', between);
      return run.finish(async () => {
        insertOrder.run(run.requestId);
        return settled({ orderId: data.attemptId });
      });
    },
  });
  return {
    clock,
    send: (requestId: string) =>
      engine.execute(pay, { amountMinor: 2490 }, { tenant: 'shop', principal: 'ada', key: 'key-1', requestId }),
    orders: () => database.raw.prepare('SELECT made_by FROM orders').pluck().all(),
    close: () => database.close(),
  };
}

describe('the engine on SQLite', () => {
  it('makes one order of 50 requests that come at once', async () => {
    const provider = gate();
    const { send, orders, close } = await shop(() => provider.opened);
    const sent = Array.from({ length: 50 }, (_, n) => send(`request-${n}`));
    const inUse = await Promise.all(sent.slice(1));
    provider.open();
    expect(inUse.map(({ kind }) => kind)).toEqual(Array(49).fill('in-progress'));
    expect(await sent[0]).toMatchObject({ kind: 'final', replayed: false });
    expect(await send('request-50')).toEqual({ ...(await sent[0]), replayed: true });
    expect(orders()).toEqual(['request-0']);
    close();
  });

  it('goes on after a crash with what the first run remembered, and rolls the zombie back', async () => {
    const woken = gate();
    let runs = 0;
    const { send, orders, clock, close } = await shop(() => (++runs === 1 ? woken.opened : Promise.resolve()));
    const zombie = send('request-1');
    while (runs === 0) await new Promise((resolve) => setImmediate(resolve));
    clock.advance(30_000);
    const answer = await send('request-2');
    expect(answer).toMatchObject({ requestId: 'request-2', outcome: { output: { orderId: 'request-1' } } });
    woken.open();
    expect(await zombie).toEqual({ ...answer, replayed: true });
    expect(orders()).toEqual(['request-2']);
    close();
  });

  it('keeps a key that its process died with for no longer than the lease', async () => {
    let runs = 0;
    const { send, orders, clock, close } = await shop(() => (++runs === 1 ? crash : Promise.resolve()));
    void send('request-1');
    while (runs === 0) await new Promise((resolve) => setImmediate(resolve));
    clock.advance(29_999);
    expect(await send('request-2')).toEqual({ kind: 'in-progress', retryAfterMs: 1000 });
    clock.advance(1);
    expect(await send('request-3')).toMatchObject({ kind: 'final', requestId: 'request-3' });
    expect(orders()).toEqual(['request-3']);
    close();
  });
});
