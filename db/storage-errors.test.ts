import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Placeholders, statement } from '@payonce/trpc-idempotency/sqlite';
import Sqlite from 'better-sqlite3';
import { describe, expect, it, vi } from 'vitest';
import { openConnection, type SqliteConnection } from './connection.ts';
import { openDatabase, StorageUnavailableError } from './open.ts';
import { products } from './schema.ts';
import { freshShelf, takeOne } from './testing/shelf.ts';
import type { Outcomes } from './testing/write-under-limit.ts';
import { WriteQueue } from './write-queue.ts';

const fill = statement((db, p: Placeholders<{ sku: string; name: string }>) =>
  db
    .insert(products)
    .values({ sku: p.sku, name: p.name, priceMinor: 1, currency: 'eur', stock: 1, position: 9 })
    .prepare(),
);

const shelf = freshShelf();

/** A real connection on which each of these commands fails one time, as on a disk that is out of order. */
function connectionFailingOnceAt(ofFile: string, commands: Set<string>): SqliteConnection {
  const connection = openConnection(ofFile, 'write');
  const failOnceAt = (source: string) => {
    const command = [...commands].find((start) => source === start || source.startsWith(`${start} job`));
    if (command === undefined) return;
    commands.delete(command);
    throw Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR' });
  };
  const { raw, step } = connection;
  const exec = raw.exec.bind(raw);
  raw.exec = (source) => {
    failOnceAt(source);
    return exec(source);
  };
  const failing = (command: string, run: () => void) => () => {
    failOnceAt(command);
    run();
  };
  return {
    ...connection,
    step: {
      ...step,
      commit: failing('COMMIT', step.commit),
      beginJob: failing('SAVEPOINT job', step.beginJob),
      endJob: failing('RELEASE job', step.endJob),
    },
  };
}

/** One to two MB, by the unit of the shell: room for the schema and for all that is small. */
const FILE_BLOCKS_MAX = 2_000;

describe('storage', () => {
  it.each<[string, (huge: () => Promise<unknown>, small: () => Promise<unknown>) => Promise<unknown>]>([
    [
      'takes the failure for an answer',
      (huge, small) =>
        huge()
          .catch(() => undefined)
          .then(small),
    ],
    ['does not wait for it', (huge, small) => Promise.all([huge(), small()])],
    ['does nothing more', (huge) => huge().catch(() => undefined)],
  ])('that is full ends the transaction of a job that %s: nothing is written after its end', async (_what, job) => {
    const full = openDatabase({ file: shelf.file, pagesMax: 40 });
    const written = full.write((tx) =>
      job(
        () => tx.query(fill, { sku: 'huge', name: 'x'.repeat(400_000) }),
        () => tx.query(takeOne, { sku: 'brass-pen' }),
      ),
    );
    await expect(written).rejects.toMatchObject({ name: 'StorageUnavailableError', sqliteCode: 'SQLITE_FULL' });
    expect(await shelf.stock('brass-pen')).toBe(40);
    await full.close();
  });

  it('that is full is answered as unavailable, keeps nothing of the job, and works again when there is room', async () => {
    const full = openDatabase({ file: shelf.file, pagesMax: 40 });
    const job = full.write((tx) => tx.query(fill, { sku: 'huge', name: 'x'.repeat(400_000) }));
    await expect(job).rejects.toBeInstanceOf(StorageUnavailableError);
    await expect(job).rejects.toMatchObject({ sqliteCode: 'SQLITE_FULL' });
    expect(await shelf.stock('huge')).toBeUndefined();
    await full.write((tx) => tx.query(takeOne, { sku: 'brass-pen' }));
    expect(await shelf.stock('brass-pen')).toBe(39);
    await full.close();
  });

  it('that is full answers nobody in a group as done when SQLite ends the shared transaction, and still runs the rest', async () => {
    const full = openDatabase({ file: shelf.file, pagesMax: 40 });
    const before = full.write((tx) => tx.query(takeOne, { sku: 'enamel-mug' }));
    const huge = full.write((tx) => tx.query(fill, { sku: 'huge', name: 'x'.repeat(400_000) }));
    const after = full.write((tx) => tx.query(takeOne, { sku: 'desk-lamp' }));
    const results = await Promise.allSettled([before, huge, after]);
    const mugsLeft = await shelf.stock('enamel-mug');
    expect(results[0].status === 'fulfilled').toBe(mugsLeft === 119);
    expect(results[1]).toMatchObject({ status: 'rejected', reason: { sqliteCode: 'SQLITE_FULL' } });
    expect(results[2].status).toBe('fulfilled');
    expect(await shelf.stock('desk-lamp')).toBe(29);
    await full.close();
  });

  it('that fails at COMMIT fails all who shared the commit, none before them and none after', async () => {
    const command = `ulimit -S -f ${FILE_BLOCKS_MAX}; exec "$0" --import tsx db/testing/write-under-limit.ts "$1"`;
    const { stdout } = await promisify(execFile)('sh', ['-c', command, process.execPath, shelf.file]);
    const outcomes = JSON.parse(stdout) as Outcomes;
    expect(outcomes).toEqual(['written', 'SQLITE_IOERR_WRITE', 'SQLITE_IOERR_WRITE', 'written']);

    const reader = new Sqlite(shelf.file, { readonly: true });
    expect(reader.prepare('select sku from products where position = 9 order by rowid').pluck().all()).toEqual([
      'first',
      'after',
    ]);
    expect(reader.pragma('integrity_check', { simple: true })).toBe('ok');
    reader.close();
  });

  it.each([
    [['SAVEPOINT'], 1],
    [['RELEASE'], 1],
    [['ROLLBACK TO'], 2],
    [['COMMIT'], 2],
    [['COMMIT', 'ROLLBACK'], 2],
  ])('answers as done what is in the file and nothing else when %j fails, and goes on', async (broken, opens) => {
    const failing = new Set(broken);
    const open = vi.fn(() => connectionFailingOnceAt(shelf.file, failing));
    const queue = new WriteQueue({ onCommit: () => undefined, open });
    const jobs = ['enamel-mug', 'brass-pen', 'desk-lamp'].map((sku) =>
      queue.write(async (tx) => {
        await tx.query(takeOne, { sku });
        if (sku === 'brass-pen') throw new Error('a bug');
        return sku;
      }),
    );
    const results = await Promise.allSettled(jobs);
    const done = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(failing).toEqual(new Set());
    expect([await shelf.stock('enamel-mug'), await shelf.stock('brass-pen'), await shelf.stock('desk-lamp')]).toEqual([
      done.includes('enamel-mug') ? 119 : 120,
      40,
      done.includes('desk-lamp') ? 29 : 30,
    ]);
    await queue.write((tx) => tx.query(takeOne, { sku: 'brass-pen' }));
    expect(await shelf.stock('brass-pen')).toBe(39);
    // A connection whose state nobody knows is not gone on with.
    expect(open).toHaveBeenCalledTimes(opens);
    await queue.close();
  });
});
