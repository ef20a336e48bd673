import { type Placeholders, statement } from '@payonce/trpc-idempotency/sqlite';
import { and, count, eq } from 'drizzle-orm';
import type { Queries, Tx } from './open.ts';
import { counters } from './schema.ts';

export interface CounterRef {
  readonly principal: string;
  readonly counterId: string;
}

export interface Counter {
  readonly counterId: string;
  readonly value: number;
}

const byRef = statement((db, p: Placeholders<CounterRef>) =>
  db
    .select({ counterId: counters.counterId, value: counters.value })
    .from(counters)
    .where(and(eq(counters.principal, p.principal), eq(counters.counterId, p.counterId)))
    .prepare(),
);

const ofCustomer = statement((db, p: Placeholders<{ principal: string }>) =>
  db.select({ number: count() }).from(counters).where(eq(counters.principal, p.principal)).prepare(),
);

const insert = statement((db, p: Placeholders<CounterRef & { value: number }>) =>
  db.insert(counters).values({ principal: p.principal, counterId: p.counterId, value: p.value }).prepare(),
);

const remove = statement((db, p: Placeholders<CounterRef>) =>
  db
    .delete(counters)
    .where(and(eq(counters.principal, p.principal), eq(counters.counterId, p.counterId)))
    .prepare(),
);

export async function findCounter(queries: Queries, ref: CounterRef): Promise<Counter | undefined> {
  return (await queries.query(byRef, ref))[0];
}

/** How many this customer has. */
export async function countCounters(queries: Queries, principal: string): Promise<number> {
  return (await queries.query(ofCustomer, { principal }))[0]?.number ?? 0;
}

export async function putCounter(tx: Tx, { principal, counterId, value }: CounterRef & Counter): Promise<void> {
  await tx.query(remove, { principal, counterId });
  await tx.query(insert, { principal, counterId, value });
}
