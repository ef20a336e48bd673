import Sqlite from 'better-sqlite3';
import { describe, expect, it, vi } from 'vitest';
import { openConnection } from './connection.ts';
import { openDatabase, StorageUnavailableError, type Tx } from './open.ts';
import { seed } from './seed.ts';
import { freshShelf, takeOne } from './testing/shelf.ts';
import { WriteQueue } from './write-queue.ts';

const shelf = freshShelf();

describe('write', () => {
  it('commits all of a job or nothing of it', async () => {
    const failed = shelf.database.write(async (tx) => {
      await tx.query(takeOne, { sku: 'brass-pen' });
      throw new Error('after the first statement');
    });
    await expect(failed).rejects.toThrow('after the first statement');
    expect(await shelf.stock('brass-pen')).toBe(40);
  });

  it('runs jobs one after another, in the order of arrival', async () => {
    const order: string[] = [];
    const job = (name: string) =>
      shelf.database.write(async (tx) => {
        order.push(`${name} begins`);
        await tx.query(takeOne, { sku: 'brass-pen' });
        await tx.query(takeOne, { sku: 'brass-pen' });
        order.push(`${name} ends`);
      });
    await Promise.all([job('a'), job('b'), job('c')]);
    expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
    expect(await shelf.stock('brass-pen')).toBe(34);
  });

  it('throws at once when a write is started inside a write', async () => {
    const nested = shelf.database.write(async () => shelf.database.write(async () => 'never'));
    await expect(nested).rejects.toThrow('inside a write');
    await expect(shelf.database.write(async () => 'still works')).resolves.toBe('still works');
  });

  it('lets what a job left behind write once the job is over', async () => {
    let later: Promise<string> | undefined;
    await shelf.database.write(async () => {
      later = new Promise((resolve) => setImmediate(resolve)).then(() => shelf.database.write(async () => 'written'));
    });
    await expect(later).resolves.toBe('written');
  });

  it('rolls back a transaction that awaits anything but the database, and says so', async () => {
    const foreign = shelf.database.write(async (tx) => {
      await tx.query(takeOne, { sku: 'brass-pen' });
      await new Promise((resolve) => setTimeout(resolve, 20));
      await tx.query(takeOne, { sku: 'brass-pen' });
    });
    await expect(foreign).rejects.toThrow('awaited something other than the database');
    expect(await shelf.stock('brass-pen')).toBe(40);
  });

  it('gives a straggler a dead handle, so that it cannot write outside its transaction', async () => {
    let straggler: Promise<unknown> | undefined;
    let ended: Tx | undefined;
    const foreign = shelf.database.write(async (tx) => {
      ended = tx;
      straggler = (async () => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        await tx.query(takeOne, { sku: 'brass-pen' });
      })();
      await straggler;
    });
    await expect(foreign).rejects.toThrow('awaited something other than the database');
    await expect(straggler).rejects.toThrow('has ended');
    expect(() => ended?.announce('message-enqueued')).toThrow('has ended');
    expect(await shelf.stock('brass-pen')).toBe(40);
  });

  it('runs a query that nobody awaited inside its transaction or not at all', async () => {
    await shelf.database.write(async (tx) => {
      void tx.query(takeOne, { sku: 'brass-pen' });
    });
    expect(await shelf.stock('brass-pen')).toBe(39);
  });

  it('waits for the lock of another process without stopping the event loop', async () => {
    const other = new Sqlite(shelf.file);
    other.exec('BEGIN IMMEDIATE');
    let turns = 0;
    const ticking = setInterval(() => {
      turns += 1;
    }, 5);
    const written = shelf.database.write((tx) => tx.query(takeOne, { sku: 'brass-pen' }));
    await new Promise((resolve) => setTimeout(resolve, 200));
    other.exec('COMMIT');
    other.close();
    await written;
    clearInterval(ticking);
    expect(turns).toBeGreaterThan(3);
    expect(await shelf.stock('brass-pen')).toBe(39);
  });

  it('shares one commit between the jobs that wait in one turn, and keeps a failed one out of it', async () => {
    let commits = 0;
    const stop = shelf.database.onCommit(() => {
      commits += 1;
    });
    const jobs = Array.from({ length: 40 }, (_, number) =>
      shelf.database.write(async (tx) => {
        await tx.query(takeOne, { sku: 'enamel-mug' });
        if (number === 20) throw new Error('job 20');
        return number;
      }),
    );
    const results = await Promise.allSettled(jobs);
    stop();
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(39);
    expect(results[20]).toMatchObject({ status: 'rejected', reason: { message: 'job 20' } });
    expect(await shelf.stock('enamel-mug')).toBe(120 - 39);
    expect(commits).toBe(1);
  });

  it('says in a commit what its jobs announced, and nothing of what a job announced that failed', async () => {
    const heard: string[][] = [];
    const stop = shelf.database.onCommit((news) => heard.push([...news]));
    const announcing = (job: () => unknown) =>
      shelf.database.write(async (tx) => {
        tx.announce('message-enqueued');
        job();
      });
    const failing = () => {
      throw new Error('no');
    };
    await Promise.allSettled([shelf.database.write(async () => undefined), announcing(failing)]);
    await Promise.all([announcing(() => undefined), announcing(() => undefined)]);
    stop();
    expect(heard).toEqual([[], ['message-enqueued']]);
  });

  it('tells its listeners after each commit and not after a rollback', async () => {
    let commits = 0;
    const stop = shelf.database.onCommit(() => {
      commits += 1;
    });
    await shelf.database.write((tx) => tx.query(takeOne, { sku: 'brass-pen' }));
    await expect(shelf.database.write(async () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    stop();
    await shelf.database.write((tx) => tx.query(takeOne, { sku: 'brass-pen' }));
    expect(commits).toBe(1);
  });

  it('goes on when a listener throws: what was committed is answered, and the other listeners hear of it', async () => {
    const broken = new Error('a bug of the listener');
    const onListenerFailed = vi.fn();
    const heard = vi.fn();
    const database = openDatabase({ file: shelf.file, onListenerFailed });
    database.onCommit(() => {
      throw broken;
    });
    database.onCommit(heard);
    for (const name of ['first', 'second', 'third']) {
      await expect(database.write(async () => name)).resolves.toBe(name);
    }
    await database.close();
    expect(heard).toHaveBeenCalledTimes(3);
    expect(onListenerFailed.mock.calls).toEqual([[broken], [broken], [broken]]);
  });

  it('goes on whatever is thrown after a commit, and closes', async () => {
    const onCommit = () => {
      throw new Error('a bug of whoever listens');
    };
    const queue = new WriteQueue({ onCommit, open: () => openConnection(shelf.file, 'write') });
    for (const name of ['first', 'second', 'third']) {
      await expect(queue.write(async () => name)).resolves.toBe(name);
    }
    await queue.close();
  });
});

describe('open', () => {
  it('never sells below zero, whatever the code above asks for', async () => {
    await shelf.database.write((tx) => tx.query(takeOne, { sku: 'last-print' }));
    await expect(shelf.database.write((tx) => tx.query(takeOne, { sku: 'last-print' }))).rejects.toThrow(
      /CHECK constraint/,
    );
    expect(await shelf.stock('last-print')).toBe(0);
  });

  it('keeps stock that was sold when it is opened and seeded again', async () => {
    await shelf.database.write((tx) => tx.query(takeOne, { sku: 'last-print' }));
    await seed(shelf.database);
    expect(await shelf.stock('last-print')).toBe(0);
  });

  it('cannot be written through the reader', async () => {
    await expect(shelf.database.reader.query(takeOne, { sku: 'brass-pen' })).rejects.toBeInstanceOf(
      StorageUnavailableError,
    );
    expect(await shelf.stock('brass-pen')).toBe(40);
  });
});
