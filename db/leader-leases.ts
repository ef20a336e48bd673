import { type Placeholders, statement } from '@payonce/trpc-idempotency/sqlite';
import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from './open.ts';
import { leaderLeases as leases } from './schema.ts';

export interface Candidacy {
  readonly duty: string;
  /** Names one process among all. */
  readonly holder: string;
  readonly now: number;
  readonly termMs: number;
}

const take = statement(
  (db, p: Placeholders<{ duty: string; holder: string; now: number; expiresAt: number; latestEnd: number }>) =>
    db
      .insert(leases)
      .values({ duty: p.duty, holder: p.holder, expiresAt: p.expiresAt })
      .onConflictDoUpdate({
        target: leases.duty,
        set: { holder: sql`excluded.holder`, expiresAt: sql`excluded.expires_at` },
        setWhere: sql`${leases.holder} = excluded.holder or ${leases.expiresAt} <= ${p.now}
          or ${leases.expiresAt} > ${p.latestEnd}`,
      })
      .returning({ holder: leases.holder })
      .prepare(),
);

const leave = statement((db, p: Placeholders<{ duty: string; holder: string }>) =>
  db
    .delete(leases)
    .where(and(eq(leases.duty, p.duty), eq(leases.holder, p.holder)))
    .prepare(),
);

/**
 * Whether this process leads for the next term: it led before, nobody does, or who did has not been heard of. A lease
 * further ahead than two terms was written before the clock was set back, and counts as over.
 */
export async function takeLead(tx: Tx, { duty, holder, now, termMs }: Candidacy): Promise<boolean> {
  const taken = await tx.query(take, { duty, holder, now, expiresAt: now + termMs, latestEnd: now + 2 * termMs });
  return taken.length > 0;
}

/** So that the next one need not wait for the end of the term. */
export async function leaveLead(tx: Tx, lead: { readonly duty: string; readonly holder: string }): Promise<void> {
  await tx.query(leave, lead);
}
