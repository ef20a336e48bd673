import { type Placeholders, statement } from '@payonce/trpc-idempotency/sqlite';
import { sql } from 'drizzle-orm';
import type { Database, Queries, Tx } from './open.ts';
import { instance } from './schema.ts';

/** What is compared with the provider's books, each with a mark of its own. */
export type Compared = 'charges' | 'intents';

const insert = statement((db, p: Placeholders<{ name: string; madeAt: number }>) =>
  db
    .insert(instance)
    .values({ id: 1, name: p.name, chargesComparedUntil: p.madeAt, intentsComparedUntil: p.madeAt })
    .onConflictDoNothing()
    .prepare(),
);

const select = statement((db) => db.select().from(instance).prepare());

const markCharges = statement((db, p: Placeholders<{ until: number }>) =>
  db
    .update(instance)
    .set({ chargesComparedUntil: sql`max(${instance.chargesComparedUntil}, ${p.until})` })
    .prepare(),
);

const markIntents = statement((db, p: Placeholders<{ until: number }>) =>
  db
    .update(instance)
    .set({ intentsComparedUntil: sql`max(${instance.intentsComparedUntil}, ${p.until})` })
    .prepare(),
);

/**
 * The name that this database has on the provider's account: the given one when it has none yet. `madeAt` is before its
 * first charge, by the provider's clock.
 */
export async function instanceName(
  database: Database,
  { name, madeAt }: { readonly name: string; readonly madeAt: number },
): Promise<string> {
  await database.write((tx) => tx.query(insert, { name, madeAt }));
  return (await theInstance(database.reader)).name;
}

/** The `created` of the newest that was compared, by the provider's clock. Nothing of ours is older than the first. */
export async function comparedUntil(queries: Queries, what: Compared): Promise<number> {
  const { chargesComparedUntil, intentsComparedUntil } = await theInstance(queries);
  return what === 'charges' ? chargesComparedUntil : intentsComparedUntil;
}

/** Never moves back, whoever is slower. */
export async function markCompared(tx: Tx, what: Compared, until: number): Promise<void> {
  await tx.query(what === 'charges' ? markCharges : markIntents, { until });
}

async function theInstance(queries: Queries) {
  const [row] = await queries.query(select, {});
  if (!row) throw new Error('this database has no name yet');
  return row;
}
