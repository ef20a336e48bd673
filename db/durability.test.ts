import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Durability } from '@payonce/trpc-idempotency';
import { type Placeholders, type Statement, statement } from '@payonce/trpc-idempotency/sqlite';
import Sqlite from 'better-sqlite3';
import { eq, sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openConnection } from './connection.ts';
import { type Database, openDatabase } from './open.ts';
import { products } from './schema.ts';
import { seed } from './seed.ts';

const level: Statement<object, readonly { readonly synchronous: number }[]> = {
  prepareOn: (connection) => () => connection.all(sql`PRAGMA synchronous`),
};

const takeOne = statement((db, p: Placeholders<{ sku: string }>) =>
  db
    .update(products)
    .set({ stock: sql`${products.stock} - 1` })
    .where(eq(products.sku, p.sku))
    .prepare(),
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

describe('durability', () => {
  it('writes at synchronous FULL, after the first write and after a reopen', async () => {
    await database.write((tx) => tx.query(takeOne, { sku: 'brass-pen' }));
    expect(database.durability()).toEqual({ journalMode: 'wal', synchronous: 'FULL' });
    const again = openDatabase({ file });
    expect(again.durability()).toEqual({ journalMode: 'wal', synchronous: 'FULL' });
    await again.close();
  });

  it('waits for the disk in each commit that holds a durable job, and for that alone', async () => {
    const levelOf = (durability?: Durability) =>
      database.write(async (tx) => (await tx.query(level, {}))[0], durability);
    const [FULL, NORMAL] = [{ synchronous: 2 }, { synchronous: 1 }];
    expect(await levelOf()).toEqual(FULL);
    expect(await levelOf('deferred')).toEqual(NORMAL);
    // Those that wait in one turn share a commit.
    expect(await Promise.all([levelOf('deferred'), levelOf('durable'), levelOf('deferred')])).toEqual([
      FULL,
      FULL,
      FULL,
    ]);
    await expect(database.write(async () => Promise.reject(new Error('no')), 'deferred')).rejects.toThrow('no');
    expect(await levelOf()).toEqual(FULL);
    expect(database.durability().synchronous).toBe('FULL');
  });

  it('waits for the disk in a durable transaction also where the way back from a deferred one had failed', () => {
    const connection = openConnection(file, 'write');
    connection.begin('deferred');
    // SQLite refuses to change it inside a transaction, here as elsewhere a failing disk might.
    connection.ended();
    connection.raw.exec('ROLLBACK');
    connection.begin('durable');
    expect(connection.raw.pragma('synchronous', { simple: true })).toBe(2);
    connection.close();
  });

  it('waits for the disk again after a deferred write that did not get the lock', async () => {
    const other = new Sqlite(file);
    other.exec('BEGIN IMMEDIATE');
    const writing = database.write((tx) => tx.query(takeOne, { sku: 'brass-pen' }), 'deferred');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(database.durability().synchronous).toBe('FULL');
    other.exec('COMMIT');
    other.close();
    await writing;
    expect(database.durability().synchronous).toBe('FULL');
  });
});
