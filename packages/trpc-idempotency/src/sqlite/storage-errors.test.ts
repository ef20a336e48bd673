import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createEngine, defineOperation, settled } from '../index.ts';
import { manualClock } from '../testing/index.ts';
import { HASH_KEY } from '../testing/workbench.ts';
import { type KeyFile, openKeyFile } from './key-file.ts';
import type { Queries } from './statement.ts';
import { createSqliteStore, type SqliteStoreOptions } from './store.ts';
import { openTemporaryDatabase } from './temporary-database.ts';

const input = z.object({ amountMinor: z.number() });

const opened: KeyFile[] = [];
afterEach(() => {
  for (const database of opened.splice(0).reverse()) database.close();
});

async function shop(storage: (database: KeyFile) => SqliteStoreOptions<Queries> = (database) => database) {
  const database = await openTemporaryDatabase();
  opened.push(database);
  database.raw.exec('CREATE TABLE orders (receipt TEXT NOT NULL)');
  const clock = manualClock();
  const engine = createEngine({ store: createSqliteStore(storage(database)), hashKeys: [HASH_KEY], clock });
  const pay = defineOperation<Queries, typeof input, { orderId: string }>({
    name: 'checkout.pay',
    version: 1,
    input,
    run: (_input, run) =>
      run.finish(async () => {
        database.raw.prepare('INSERT INTO orders VALUES (?)').run('receipt '.repeat(2_000));
        return settled({ orderId: `order of ${run.requestId}` });
      }),
  });
  return {
    database,
    clock,
    send: (requestId: string) =>
      engine.execute(pay, { amountMinor: 2490 }, { tenant: 'shop', principal: 'ada', key: 'key-1', requestId }),
    orders: () => database.raw.prepare('SELECT count(*) FROM orders').pluck().get(),
  };
}

describe('SQLite that fails', () => {
  it('for want of space commits neither order nor answer, and the same key goes on when there is room', async () => {
    const { database, send, orders } = await shop();
    const pages = database.raw.pragma('page_count', { simple: true });
    database.raw.pragma(`max_page_count = ${pages}`);
    await expect(send('request-1')).rejects.toMatchObject({ code: 'SQLITE_FULL' });
    expect(orders()).toBe(0);

    database.raw.pragma('max_page_count = 1000000');
    expect(await send('request-2')).toMatchObject({ kind: 'final', replayed: false });
    expect(orders()).toBe(1);
  });

  it('because another process writes too long runs nothing, and leaves the key unused', async () => {
    const { database, send, orders } = await shop();
    const other = openKeyFile(database.file);
    opened.push(other);
    database.raw.pragma('busy_timeout = 0');
    other.raw.exec('BEGIN IMMEDIATE');
    await expect(send('request-1')).rejects.toMatchObject({ code: 'SQLITE_BUSY' });
    other.raw.exec('ROLLBACK');
    expect(orders()).toBe(0);
    expect(await send('request-2')).toMatchObject({ kind: 'final', requestId: 'request-2' });
  });

  it.each([
    ['lost', 'before', 'request-2'],
    ['made', 'after', 'request-1'],
  ] as const)('to tell of a commit that it %s ends in one order and one answer', async (_what, when, maker) => {
    let writes = 0;
    const { clock, send, orders } = await shop(({ write, reader }) => ({
      reader,
      async write(job) {
        writes += 1;
        // The claim goes well. The finish fails, and so does the attempt to give the key back.
        const fails = writes === 2 || writes === 3;
        const result = await write(async (tx) => {
          const done = await job(tx);
          if (fails && when === 'before') throw diskError;
          return done;
        });
        if (fails) throw diskError;
        return result;
      },
    }));
    await expect(send('request-1')).rejects.toBe(diskError);
    expect(orders()).toBe(when === 'before' ? 0 : 1);

    clock.advance(30_000);
    expect(await send('request-2')).toMatchObject({ outcome: { output: { orderId: `order of ${maker}` } } });
    expect(orders()).toBe(1);
  });
});

const diskError = Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_FSYNC' });
