import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Placeholders, statement } from '@payonce/trpc-idempotency/sqlite';
import Sqlite from 'better-sqlite3';
import { eq, sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase, StorageUnavailableError } from './open.ts';
import { products } from './schema.ts';
import { seed } from './seed.ts';

const takeOne = statement((db, p: Placeholders<{ sku: string }>) =>
  db
    .update(products)
    .set({ stock: sql`${products.stock} - 1` })
    .where(eq(products.sku, p.sku))
    .prepare(),
);
const stockOf = statement((db, p: Placeholders<{ sku: string }>) =>
  db.select({ stock: products.stock }).from(products).where(eq(products.sku, p.sku)).prepare(),
);

let folder: string;
let file: string;
let database: Database;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'payonce-db-'));
  file = join(folder, 'payonce.db');
  database = openDatabase({ file });
  await seed(database);
});

afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

const stock = async (sku: string) => (await database.reader.query(stockOf, { sku }))[0]?.stock;

describe('write', () => {
  it('commits all of a job or nothing of it', async () => {
    const failed = database.write(async (tx) => {
      await tx.query(takeOne, { sku: 'brass-pen' });
      throw new Error('after the first statement');
    });
    await expect(failed).rejects.toThrow('after the first statement');
    expect(await stock('brass-pen')).toBe(40);
  });

  it('runs jobs one after another, in the order of arrival', async () => {
    const order: string[] = [];
    const job = (name: string) =>
      database.write(async (tx) => {
        order.push(`${name} begins`);
        await tx.query(takeOne, { sku: 'brass-pen' });
        await tx.query(takeOne, { sku: 'brass-pen' });
        order.push(`${name} ends`);
      });
    await Promise.all([job('a'), job('b'), job('c')]);
    expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
    expect(await stock('brass-pen')).toBe(34);
  });

  it('throws at once when a write is started inside a write', async () => {
    const nested = database.write(async () => database.write(async () => 'never'));
    await expect(nested).rejects.toThrow('inside a write');
    await expect(database.write(async () => 'still works')).resolves.toBe('still works');
  });

  it('lets what a job left behind write once the job is over', async () => {
    let later: Promise<string> | undefined;
    await database.write(async () => {
      later = new Promise((resolve) => setImmediate(resolve)).then(() => database.write(async () => 'written'));
    });
    await expect(later).resolves.toBe('written');
  });

  it('rolls back a transaction that awaits anything but the database, and says so', async () => {
    const foreign = database.write(async (tx) => {
      await tx.query(takeOne, { sku: 'brass-pen' });
      await new Promise((resolve) => setTimeout(resolve, 20));
      await tx.query(takeOne, { sku: 'brass-pen' });
    });
    await expect(foreign).rejects.toThrow('awaited something other than the database');
    expect(await stock('brass-pen')).toBe(40);
  });

  it('gives a straggler a dead handle, so that it cannot write outside its transaction', async () => {
    let straggler: Promise<unknown> | undefined;
    const foreign = database.write(async (tx) => {
      straggler = (async () => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        await tx.query(takeOne, { sku: 'brass-pen' });
      })();
      await straggler;
    });
    await expect(foreign).rejects.toThrow('awaited something other than the database');
    await expect(straggler).rejects.toThrow('has ended');
    expect(await stock('brass-pen')).toBe(40);
  });

  it('runs a query that nobody awaited inside its transaction or not at all', async () => {
    await database.write(async (tx) => {
      void tx.query(takeOne, { sku: 'brass-pen' });
    });
    expect(await stock('brass-pen')).toBe(39);
  });

  it('waits for the lock of another process without stopping the event loop', async () => {
    const other = new Sqlite(file);
    other.exec('BEGIN IMMEDIATE');
    let turns = 0;
    const ticking = setInterval(() => {
      turns += 1;
    }, 5);
    const written = database.write((tx) => tx.query(takeOne, { sku: 'brass-pen' }));
    await new Promise((resolve) => setTimeout(resolve, 200));
    other.exec('COMMIT');
    other.close();
    await written;
    clearInterval(ticking);
    expect(turns).toBeGreaterThan(3);
    expect(await stock('brass-pen')).toBe(39);
  });

  it('shares one commit between the jobs that wait in one turn, and keeps a failed one out of it', async () => {
    let commits = 0;
    const stop = database.onCommit(() => {
      commits += 1;
    });
    const jobs = Array.from({ length: 40 }, (_, number) =>
      database.write(async (tx) => {
        await tx.query(takeOne, { sku: 'enamel-mug' });
        if (number === 20) throw new Error('job 20');
        return number;
      }),
    );
    const results = await Promise.allSettled(jobs);
    stop();
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(39);
    expect(results[20]).toMatchObject({ status: 'rejected', reason: { message: 'job 20' } });
    expect(await stock('enamel-mug')).toBe(120 - 39);
    expect(commits).toBe(1);
  });

  it('tells its listeners after each commit and not after a rollback', async () => {
    let commits = 0;
    const stop = database.onCommit(() => {
      commits += 1;
    });
    await database.write((tx) => tx.query(takeOne, { sku: 'brass-pen' }));
    await expect(database.write(async () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    stop();
    await database.write((tx) => tx.query(takeOne, { sku: 'brass-pen' }));
    expect(commits).toBe(1);
  });
});

describe('open', () => {
  it('never sells below zero, whatever the code above asks for', async () => {
    await database.write((tx) => tx.query(takeOne, { sku: 'last-print' }));
    await expect(database.write((tx) => tx.query(takeOne, { sku: 'last-print' }))).rejects.toThrow(/CHECK constraint/);
    expect(await stock('last-print')).toBe(0);
  });

  it('keeps stock that was sold when it is opened and seeded again', async () => {
    await database.write((tx) => tx.query(takeOne, { sku: 'last-print' }));
    await seed(database);
    expect(await stock('last-print')).toBe(0);
  });

  it('cannot be written through the reader', async () => {
    await expect(database.reader.query(takeOne, { sku: 'brass-pen' })).rejects.toBeInstanceOf(StorageUnavailableError);
    expect(await stock('brass-pen')).toBe(40);
  });
});
