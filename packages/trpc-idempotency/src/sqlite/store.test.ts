import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { storeContract } from '../testing/index.ts';
import { Scene } from '../testing/store-under-test.ts';
import { openKeyFile } from './key-file.ts';
import { withEffects } from './store-with-effects.ts';
import { openTemporaryDatabase } from './temporary-database.ts';

async function open() {
  const database = await openTemporaryDatabase();
  return { database, ...withEffects(database) };
}

describe('the SQLite store', () => {
  storeContract({
    describe,
    it,
    open,
    startProcess: ({ database }) =>
      fork(fileURLToPath(new URL('./second-process.ts', import.meta.url)), [database.file], {
        execArgv: ['--import', 'tsx'],
      }),
    failures: {
      full({ database: { raw } }) {
        const pages = raw.pragma('page_count', { simple: true });
        raw.pragma(`max_page_count = ${pages}`);
        return () => raw.pragma('max_page_count = 1000000');
      },
      'locked by another process'({ database }) {
        database.raw.pragma('busy_timeout = 0');
        const other = openKeyFile(database.file);
        other.raw.exec('BEGIN IMMEDIATE');
        return () => other.close();
      },
    },
  });

  it('answers a replay without writing anything', async () => {
    const subject = await open();
    const scene = new Scene(subject);
    await scene.complete(await scene.granted());
    const changes = subject.database.raw.prepare('SELECT total_changes()').pluck();
    const changesBefore = changes.get();
    await scene.replay();
    expect(changes.get()).toBe(changesBefore);
    await subject.close();
  });

  it('lets nobody change a completed row, not even with SQL, but lets the reaper delete it', async () => {
    const subject = await open();
    const scene = new Scene(subject);
    await scene.complete(await scene.granted());
    const { raw } = subject.database;
    expect(() => raw.exec("UPDATE idempotency_keys SET response_body = '{}'")).toThrow(/never changes/);
    expect(raw.prepare('DELETE FROM idempotency_keys').run().changes).toBe(1);
    await subject.close();
  });

  it.each([
    [
      'an answer without a completed state',
      `UPDATE idempotency_keys SET response_body = '{}', response_headers = '{}', status_code = 200,
       completed_at = 1, expires_at = 2`,
    ],
    ['a completed state without an answer', "UPDATE idempotency_keys SET processing_state = 'completed'"],
    ['a state that nobody knows', "UPDATE idempotency_keys SET processing_state = 'paused'"],
    ['a lease on a key put aside', "UPDATE idempotency_keys SET processing_state = 'failed'"],
    ['an empty key', "UPDATE idempotency_keys SET key = ''"],
    ['a second row of the fencing sequence', 'INSERT INTO fencing_sequence (id, last_token) VALUES (2, 1)'],
  ])('refuses %s', async (_what, change) => {
    const subject = await open();
    await new Scene(subject).granted();
    expect(() => subject.database.raw.exec(change)).toThrow(/CHECK constraint failed/);
    await subject.close();
  });
});
