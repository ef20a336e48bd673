import { type Placeholders, statement } from '@payonce/trpc-idempotency/sqlite';
import { sql } from 'drizzle-orm';
import type { Tx } from './open.ts';
import { intentStates } from './schema.ts';

export interface IntentState {
  readonly intentId: string;
  readonly status: string;
  readonly saidAt: number;
}

/** What an intent does not come back from: whatever arrives after it happened before it. */
const over = sql`('succeeded', 'canceled')`;

const say = statement((db, p: Placeholders<IntentState>) =>
  db
    .insert(intentStates)
    .values({ intentId: p.intentId, status: p.status, saidAt: p.saidAt })
    .onConflictDoUpdate({
      target: intentStates.intentId,
      set: { status: sql`excluded.status`, saidAt: sql`excluded.said_at` },
      setWhere: sql`${intentStates.status} not in ${over}
        and (excluded.status in ${over} or excluded.said_at >= ${intentStates.saidAt})`,
    })
    .prepare(),
);

/** Events come in any order, so an older word never replaces a newer one, nor any word an end. */
export async function recordIntentState(tx: Tx, state: IntentState): Promise<void> {
  await tx.query(say, state);
}
