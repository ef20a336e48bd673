import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSandboxDatabase } from './database.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandbox-file-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('what is committed is on the disk, at the first start and at every other', () => {
  for (const _start of [1, 2]) {
    const database = openSandboxDatabase(join(folder, 'sandbox.db'));
    database.exec(
      "INSERT INTO messages (message_id, recipients, subject, text, deliveries) VALUES (random(), '', '', '', 1)",
    );
    expect(database.pragma('synchronous', { simple: true })).toBe(2);
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
    database.close();
  }
  const database = openSandboxDatabase(join(folder, 'sandbox.db'));
  expect(database.prepare('SELECT count(*) FROM messages').pluck().get()).toBe(2);
  database.close();
});

test('a file of another layout starts anew instead of failing later', () => {
  const older = openSandboxDatabase(join(folder, 'sandbox.db'));
  older.exec('DROP TABLE ledger; CREATE TABLE ledger (id TEXT)');
  older.pragma('user_version = 1');
  older.close();
  const database = openSandboxDatabase(join(folder, 'sandbox.db'));
  expect(database.prepare('SELECT is_shared FROM ledger').all()).toEqual([]);
  database.close();
});
