import { createHash } from 'node:crypto';
import { type QuarantinedKey, quarantinedKeys } from '#db/quarantined-keys.ts';
import { endFinding, type NewFinding, noteFinding } from '#db/reconciliations.ts';
import { FORWARD_WINDOW_MS } from '../checkout/forward-window.ts';
import { shownError } from '../log.ts';
import { publicCustomerId } from '../session.ts';
import type { Cycle, ReconcileTools } from './reconcile.ts';
import { postpone } from './settle-finding.ts';

/** More than a person could look at; those beyond them have their turn when these are gone. */
const KEYS_PER_CYCLE = 200;

/**
 * A key that crashed too often has one more run, when a payment can no longer be begun: it can then only adopt what was
 * captured, or cancel and give the stock back. That it had its run is written down before, so that one which crashes
 * again stays aside, for a person to look at.
 */
export async function lookAtQuarantined(tools: ReconcileTools, { isStopped }: Cycle): Promise<void> {
  const { database, operations, clock } = tools;
  const createdBefore = clock() - FORWARD_WINDOW_MS;
  for (const key of await quarantinedKeys(database.reader, { createdBefore, limit: KEYS_PER_CYCLE })) {
    if (isStopped()) return;
    const operation = operations.find(({ name }) => name === key.operation);
    // A message that crashes its senders is a dead letter, and no payment.
    if (!operation) continue;
    const finding = findingOf(key, clock());
    const isFirstLook = await database.write((tx) => noteFinding(tx, finding));
    if (isFirstLook) await runOnceMore({ key, operation, finding }, tools);
  }
}

interface PutAside {
  readonly key: QuarantinedKey;
  readonly operation: ReconcileTools['operations'][number];
  readonly finding: NewFinding;
}

async function runOnceMore({ key, operation, finding }: PutAside, tools: ReconcileTools): Promise<void> {
  const { database, engine, store, clock, alarm } = tools;
  const { subjectId } = finding;
  alarm(`${subjectId} of ${key.operation} (attempt ${key.attemptId}) was put aside after too many crashes`);
  const record = await store.find(key);
  try {
    if (record) await engine.resume(operation, record, { evenQuarantined: true });
  } catch (error) {
    return postpone({ ...finding, done: 'waiting', failure: null }, shownError(error).message, tools);
  }
  // Answered, or given back in order: from here it goes on as any other key.
  await database.write((tx) => endFinding(tx, { subjectId, done: 'adopted', refundId: null, endedAt: clock() }));
}

function findingOf({ tenant, principal, operation, key, ...payment }: QuarantinedKey, foundAt: number): NewFinding {
  const hash = createHash('sha256')
    .update(JSON.stringify([tenant, principal, operation, key]))
    .digest('hex');
  return {
    subjectId: `key_${hash.slice(0, 24)}`,
    found: 'quarantined_key',
    attemptId: payment.attemptId,
    cartId: payment.cartId,
    customer: publicCustomerId(principal),
    amountMinor: payment.amountMinor ?? 0,
    currency: payment.currency ?? '',
    foundAt,
  };
}
