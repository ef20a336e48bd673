import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ClaimRequest, unixMs } from '@payonce/trpc-idempotency';
import { createSqliteStore } from '@payonce/trpc-idempotency/sqlite';
import Sqlite from 'better-sqlite3';
import { type Database, openDatabase, type Tx } from '#db/open.ts';
import type { Figure } from './figures.ts';
import { type Contestant, compare, median, ratioOf } from './rounds.ts';

/** Whether a claim grows dearer with the keys that are kept. */
export async function claims(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'payonce-bench-'));
  const databases: Database[] = [];
  const contestant = (name: string, keys: number): Contestant<ClaimRequest> => {
    const file = join(folder, `${keys}.db`);
    const database = openDatabase({ file });
    databases.push(database);
    fill(file, keys);
    const store = createSqliteStore<Tx>({ write: (job) => database.write(job), reader: database.reader });
    return { name, prepare: async () => newClaim(), run: (request) => store.claim(request) };
  };
  try {
    const few = contestant('1 k', 1_000);
    const many = contestant('1 M', 1_000_000);
    const [withFew, withMany] = await compare([few, many], { rounds: 90, runsPerRound: 60, clients: 1 });
    if (!withFew || !withMany) throw new Error('a contestant did not come');
    return [
      {
        name: 'median claim with 1 M keys by that with 1 k',
        ratio: ratioOf(withMany.msPerRun, withFew.msPerRun),
        goal: { atMost: 1.2 },
        remark: [withMany, withFew].map(({ name, msPerRun }) => `${name} ${median(msPerRun).toFixed(3)} ms`).join(', '),
      },
    ];
  } finally {
    for (const database of databases) await database.close();
    rmSync(folder, { recursive: true });
  }
}

/** Finished keys of a hundred thousand customers, as long and as random as real ones, in one transaction. */
function fill(file: string, keys: number): void {
  const database = new Sqlite(file);
  database.pragma('synchronous = OFF');
  database
    .prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
       INSERT INTO idempotency_keys (tenant, principal, operation, key, request_hash, hash_kid, schema_version,
         processing_state, recovery_point, phases, fencing_token, takeovers, status_code, response_headers,
         response_body, input, created_at, completed_at, expires_at)
       SELECT 'payonce', lower(hex(randomblob(16))), 'checkout.pay', lower(hex(randomblob(16))),
         lower(hex(randomblob(21))), 'k1', 1, 'completed', 'reserved', json_object('reserved', ?), i, 0, 200, '{}',
         json_object('requestId', lower(hex(randomblob(16))), 'outcome', json(?)), ?,
         1700000000000 + i, 1700000001000 + i, 4000000000000 + i FROM n`,
    )
    .run(keys, PHASE, OUTCOME, INPUT);
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
}

const PHASE = 'a'.repeat(90);
const OUTCOME = JSON.stringify({ kind: 'settled', output: { orderId: 'a'.repeat(36), chargeId: 'b'.repeat(28) } });
const INPUT = JSON.stringify({ cartId: 'a'.repeat(36), paymentMethod: 'pm_card_visa', email: 'bench@example.com' });

function newClaim(): ClaimRequest {
  return {
    tenant: 'payonce',
    principal: randomUUID(),
    operation: 'checkout.pay',
    key: randomUUID(),
    requestHash: () => 'h'.repeat(43),
    hashKid: 'k1',
    schemaVersion: 1,
    input: { cartId: randomUUID(), paymentMethod: 'pm_card_visa', email: 'bench@example.com' },
    requestId: randomUUID(),
    now: unixMs(Date.now()),
    leaseMs: 30_000,
  };
}
