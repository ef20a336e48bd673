import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, defineOperation, settled, unixMs } from '@payonce/trpc-idempotency';
import { createSqliteStore } from '@payonce/trpc-idempotency/sqlite';
import { z } from 'zod';
import { openConnection } from '#db/connection.ts';
import { migrateFile } from '#db/migrate.ts';
import { type Tx, WriteQueue } from '#db/write-queue.ts';
import { type Contestant, compare } from './rounds.ts';

const CLIENTS = 64;

const input = z.object({ cartId: z.string(), amountMinor: z.number() });

/** Claims its key, finishes with its answer: two transactions and nothing else. */
const note = defineOperation<Tx, typeof input, { noted: string }>({
  name: 'bench.note',
  version: 1,
  input,
  run: ({ cartId }, { finish }) => finish(async () => settled({ noted: cartId })),
});

// Prints, as JSON, what a pair took with group commit and without, round by round. A process of its own, so that the
// disk below it can be made a slow one.
const folder = mkdtempSync(join(tmpdir(), 'payonce-bench-'));
try {
  const contestants = [pairs('grouped', undefined), pairs('alone', 1)];
  const measured = await compare(contestants, { rounds: 9, runsPerRound: 4 * CLIENTS, clients: CLIENTS });
  process.stdout.write(JSON.stringify(measured));
} finally {
  rmSync(folder, { recursive: true });
}

function pairs(name: string, jobsPerCommitMax: number | undefined): Contestant<string> {
  const file = join(folder, `${name}.db`);
  migrateFile(file);
  const queue = new WriteQueue({
    open: () => openConnection(file, 'write'),
    onCommit() {},
    ...(jobsPerCommitMax !== undefined && { jobsPerCommitMax }),
  });
  const { synchronous } = queue.durability();
  if (synchronous !== 'FULL') throw new Error(`synchronous is ${synchronous}`);
  const reading = openConnection(file, 'read');
  const engine = createEngine<Tx>({
    store: createSqliteStore<Tx>({
      write: (job) => queue.write(job),
      reader: { query: async (statement, params) => reading.run(statement, params) },
    }),
    hashKeys: [{ kid: 'bench', secret: 'no secret: the bench has none' }],
    clock: () => unixMs(Date.now()),
  });
  return {
    name,
    prepare: async () => randomUUID(),
    run: (key) =>
      engine.execute(
        note,
        { cartId: key, amountMinor: 2490 },
        { tenant: 'bench', principal: 'bench', key, requestId: key },
      ),
  };
}
