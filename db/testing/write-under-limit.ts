import { type Placeholders, statement } from '@payonce/trpc-idempotency/sqlite';
import { type Database, openDatabase, StorageUnavailableError } from '../open.ts';
import { products } from '../schema.ts';

/** What became of each write, in order: `written`, SQLite's code, or another error in words. */
export type Outcomes = readonly string[];

const insert = statement((db, p: Placeholders<{ sku: string; name: string }>) =>
  db
    .insert(products)
    .values({ sku: p.sku, name: p.name, priceMinor: 1, currency: 'eur', stock: 1, position: 9 })
    .prepare(),
);

/** Larger than any file of this process may grow, and small enough to wait in SQLite's cache for its COMMIT. */
const HUGE = 'x'.repeat(6_000_000);

/**
 * The whole of a process that the system lets write only so much to a file: SQLite itself fails, at COMMIT, with an I/O
 * error. Says its outcomes on standard output.
 */
async function main(file: string): Promise<void> {
  const database = openDatabase({ file });
  const outcomes = [
    ...(await together(database, { first: 'small' })),
    ...(await together(database, { huge: HUGE, beside: 'small' })),
    ...(await together(database, { after: 'small' })),
  ];
  await database.close();
  console.log(JSON.stringify(outcomes satisfies Outcomes));
}

/** Writes of one turn, and so of one commit. */
function together(database: Database, rows: Readonly<Record<string, string>>): Promise<string[]> {
  const writes = Object.entries(rows).map(([sku, name]) => database.write((tx) => tx.query(insert, { sku, name })));
  return Promise.all(writes.map((write) => write.then(() => 'written', wordFor)));
}

const wordFor = (error: unknown) => (error instanceof StorageUnavailableError ? error.sqliteCode : String(error));

await main(process.argv[2] ?? '');
