import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from './open.ts';
import { takesWrites } from './write-probe.ts';

let folder: string;
let file: string;
let database: Database;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'payonce-probe-'));
  file = join(folder, 'payonce.db');
  database = openDatabase({ file });
});
afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

describe('asking whether the database takes writes', () => {
  it('sends a page through the log each time, and leaves no row', async () => {
    const logBytes = () => statSync(`${file}-wal`).size;
    expect(await takesWrites(database)).toBe(true);
    const before = logBytes();
    expect(await takesWrites(database)).toBe(true);
    expect(logBytes()).toBeGreaterThan(before);

    const reader = new Sqlite(file, { readonly: true });
    expect(reader.prepare('select * from carts').all()).toEqual([]);
    reader.close();
  });

  it('says no while another process holds the file, and yes afterwards', async () => {
    const other = new Sqlite(file);
    other.exec('BEGIN IMMEDIATE');
    expect(await takesWrites(database)).toBe(false);
    other.exec('ROLLBACK');
    expect(await takesWrites(database)).toBe(true);
    other.close();
  });
});
