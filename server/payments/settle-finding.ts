import type { Tx } from '#db/open.ts';
import { endFinding, type Finding, type FindingEnd, findAttempt, intendRefund, noteLook } from '#db/reconciliations.ts';
import { keyScope } from '../context.ts';
import { giveBack } from './give-back.ts';
import type { ReconcileTools } from './reconcile.ts';
import { settleSpare } from './spare-intents.ts';

export type OpenFinding = Pick<
  Finding,
  'subjectId' | 'attemptId' | 'amountMinor' | 'found' | 'foundAt' | 'done' | 'failure'
>;

/** What a capture is, once its attempt has been given the chance to end. */
type Verdict =
  | { readonly kind: 'adopted' }
  | { readonly kind: 'refund'; readonly found: 'no_order' | 'second_capture' }
  /** Nobody knows yet. `why`: and a person has to look at it. */
  | { readonly kind: 'waiting'; readonly why: string | null };

/**
 *   attempt live ──► claimed and carried on, as if its client had come back ──► paid, refused, or still open
 *   attempt paid ──► this charge is its order's: adopted;  another is: the second capture, given back
 *   attempt refused, or unknown to us ──► no order will come: given back
 *
 * An attempt that has ended never changes, so what follows from its end may be done later, and by anyone.
 */
export async function settleFinding(finding: OpenFinding, tools: ReconcileTools): Promise<void> {
  if (finding.found === 'spare_intent') return settleIntent(finding, tools);
  // It had its one run, which did not end: a person has to look at it.
  if (finding.found === 'quarantined_key')
    return postpone(finding, finding.failure ?? 'its last run crashed too', tools);
  if (finding.done === 'refund_intended') return refund(finding, { tools, isRepeat: true });

  const stuck = await carryOnAttempt(finding, tools);
  const verdict = await tools.database.write(async (tx) => {
    const seen = await judge(tx, finding, stuck);
    // In the transaction that saw the attempt ended: from here on the refund is owed, whoever crashes.
    if (seen.kind === 'refund') await intendRefund(tx, { subjectId: finding.subjectId, found: seen.found });
    return seen;
  });
  switch (verdict.kind) {
    case 'adopted':
      return end(finding, { done: 'adopted', refundId: null }, tools);
    case 'refund':
      return refund({ ...finding, found: verdict.found }, { tools, isRepeat: false });
    case 'waiting':
      return postpone(finding, verdict.why, tools);
  }
}

/** A spare intent costs nobody anything, so it is tried for this long before a person is asked. */
const SPARE_UNTOLD_MS = 24 * 60 * 60_000;

async function settleIntent(finding: OpenFinding, tools: ReconcileTools): Promise<void> {
  const { database, provider, clock } = tools;
  const ending = await settleSpare({ ...finding, intentId: finding.subjectId }, { reader: database.reader, provider });
  if (ending) return end(finding, ending, tools);
  const isOld = clock() - finding.foundAt > SPARE_UNTOLD_MS;
  return postpone(finding, isOld ? 'the provider has not said for a day what became of it' : null, tools);
}

async function judge(tx: Tx, { subjectId, attemptId }: OpenFinding, stuck: string | null): Promise<Verdict> {
  const attempt = attemptId === null ? undefined : await findAttempt(tx, attemptId);
  if (!attempt) return { kind: 'refund', found: 'no_order' };
  switch (attempt.status) {
    case 'live':
      return { kind: 'waiting', why: stuck };
    case 'paid':
      return attempt.orderChargeId === subjectId ? { kind: 'adopted' } : { kind: 'refund', found: 'second_capture' };
    case 'refused':
      return { kind: 'refund', found: 'no_order' };
  }
}

/**
 * Lets a live attempt end before anything is decided: the engine claims its key, so that a run under way is never
 * overtaken, and what was captured is adopted. Returns why that cannot be, when a person has to look at it.
 */
async function carryOnAttempt({ attemptId }: OpenFinding, tools: ReconcileTools): Promise<string | null> {
  const { database, engine, store, pay } = tools;
  const attempt = attemptId === null ? undefined : await findAttempt(database.reader, attemptId);
  if (attempt?.status !== 'live') return null;
  if (attempt.idempotencyKey === null) return 'the attempt has no key under which it could be carried on';
  const record = await store.find({ ...keyScope(attempt.principal, pay.name), key: attempt.idempotencyKey });
  if (!record) return 'the key of the attempt is gone';
  if (record.state.processingState === 'completed') return null;
  const carriedOn = await engine.resume(pay, record);
  return carriedOn.kind === 'quarantined' ? 'the key of the attempt is quarantined' : null;
}

async function refund(
  finding: OpenFinding,
  { tools, isRepeat }: { readonly tools: ReconcileTools; readonly isRepeat: boolean },
): Promise<void> {
  const { subjectId: chargeId, amountMinor, attemptId, found } = finding;
  const answer = await giveBack(
    {
      chargeId,
      amountMinor,
      key: `refund:${chargeId}`,
      metadata: { attempt_id: attemptId ?? '', found },
      isRepeat,
    },
    tools.refunds,
  );
  switch (answer.kind) {
    case 'refunded':
      return end(finding, { done: 'refunded', refundId: answer.refundId }, tools);
    case 'refused':
      return postpone(finding, `the provider refuses the refund: ${answer.why}`, tools);
    case 'credentials-refused':
      return postpone(finding, 'the provider refuses our credentials', tools);
    case 'unknown':
      return postpone(finding, answer.alarm, tools);
    case 'none':
    case 'server-error':
      return postpone(finding, null, tools);
  }
}

async function end(finding: OpenFinding, ending: FindingEnd, { database, clock, alarm, log }: ReconcileTools) {
  const { subjectId, found } = finding;
  const isOurs = await database.write((tx) => endFinding(tx, { subjectId, ...ending, endedAt: clock() }));
  if (!isOurs) return;
  const ended = `${subjectId} (${found}) is ${ending.done}`;
  // Each lost answer and each edited cart leaves a spare intent behind: it asks nobody for anything.
  if (found === 'spare_intent') log.info(ended);
  else alarm(ended);
}

/** To be looked at again by the next cycle. An alarm for each new reason, and not for each cycle. */
export async function postpone(
  finding: OpenFinding,
  failure: string | null,
  { database, clock, alarm }: ReconcileTools,
): Promise<void> {
  const { subjectId } = finding;
  await database.write((tx) => noteLook(tx, { subjectId, at: clock(), failure }));
  if (failure !== null && failure !== finding.failure) alarm(`${subjectId} cannot be settled: ${failure}`);
}
