import type { Durability } from '@payonce/trpc-idempotency';
import type { Statement } from '@payonce/trpc-idempotency/sqlite';
import Sqlite from 'better-sqlite3';
import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { openConnection } from './connection.ts';
import { openDatabase } from './open.ts';
import { freshShelf, takeOne } from './testing/shelf.ts';

const level: Statement<object, readonly { readonly synchronous: number }[]> = {
  prepareOn: (connection) => () => connection.all(sql`PRAGMA synchronous`),
};

const shelf = freshShelf();

describe('durability', () => {
  it('writes at synchronous FULL, after the first write and after a reopen', async () => {
    await shelf.database.write((tx) => tx.query(takeOne, { sku: 'brass-pen' }));
    expect(shelf.database.durability()).toEqual({ journalMode: 'wal', synchronous: 'FULL' });
    const again = openDatabase({ file: shelf.file });
    expect(again.durability()).toEqual({ journalMode: 'wal', synchronous: 'FULL' });
    await again.close();
  });

  it('waits for the disk in each commit that holds a durable job, and for that alone', async () => {
    const levelOf = (durability?: Durability) =>
      shelf.database.write(async (tx) => (await tx.query(level, {}))[0], durability);
    const [FULL, NORMAL] = [{ synchronous: 2 }, { synchronous: 1 }];
    expect(await levelOf()).toEqual(FULL);
    expect(await levelOf('deferred')).toEqual(NORMAL);
    // Those that wait in one turn share a commit.
    expect(await Promise.all([levelOf('deferred'), levelOf('durable'), levelOf('deferred')])).toEqual([
      FULL,
      FULL,
      FULL,
    ]);
    await expect(shelf.database.write(async () => Promise.reject(new Error('no')), 'deferred')).rejects.toThrow('no');
    expect(await levelOf()).toEqual(FULL);
    expect(shelf.database.durability().synchronous).toBe('FULL');
  });

  it('waits for the disk in a durable transaction also where the way back from a deferred one had failed', () => {
    const connection = openConnection(shelf.file, 'write');
    connection.begin('deferred');
    // SQLite refuses to change it inside a transaction, here as elsewhere a failing disk might.
    connection.ended();
    connection.raw.exec('ROLLBACK');
    connection.begin('durable');
    expect(connection.raw.pragma('synchronous', { simple: true })).toBe(2);
    connection.close();
  });

  it('waits for the disk again after a deferred write that did not get the lock', async () => {
    const other = new Sqlite(shelf.file);
    other.exec('BEGIN IMMEDIATE');
    const writing = shelf.database.write((tx) => tx.query(takeOne, { sku: 'brass-pen' }), 'deferred');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(shelf.database.durability().synchronous).toBe('FULL');
    other.exec('COMMIT');
    other.close();
    await writing;
    expect(shelf.database.durability().synchronous).toBe('FULL');
  });
});
