import type { AnyOperation, Engine, IdempotencyStore } from '@payonce/trpc-idempotency';
import type { Logger } from 'pino';
import { type Compared, comparedUntil, markCompared } from '#db/instance.ts';
import type { Database, Tx } from '#db/open.ts';
import { chargesOfOrders, type NewFinding, noteFinding, openFindings, openSpares } from '#db/reconciliations.ts';
import type { PayOperation } from '../checkout/pay.ts';
import type { Clock } from '../clock.ts';
import { type Alarm, shownError } from '../log.ts';
import type { PaymentProvider } from './provider.ts';
import type { LedgerPage, ProviderLedger } from './provider-ledger.ts';
import { lookAtQuarantined } from './quarantined-keys.ts';
import type { Refunds } from './refunds.ts';
import { type OpenFinding, postpone, settleFinding } from './settle-finding.ts';
import { sparesAmong } from './spare-intents.ts';

export interface ReconcileTools {
  readonly database: Database;
  readonly engine: Engine<Tx>;
  readonly store: IdempotencyStore<Tx>;
  readonly pay: PayOperation;
  readonly operations: readonly AnyOperation<Tx>[];
  readonly provider: PaymentProvider;
  readonly ledger: ProviderLedger;
  readonly refunds: Refunds;
  readonly clock: Clock;
  readonly alarm: Alarm;
  readonly log: Pick<Logger, 'info'>;
}

export interface Cycle {
  /** What is younger than this may still be under way and is left for a later cycle. */
  readonly minAgeMs: number;
  /** Looked at between two steps: a process that ends leaves the rest for the next one. */
  readonly isStopped: () => boolean;
}

/** How far behind the newest we look again, for what the provider's own copies tell late. */
const OVERLAP_MS = 5 * 60_000;

/** Open findings of one cycle; those left over have their turn in the next. */
const OPEN_PER_CYCLE = 100;

/** As many as one address may begin payments in a minute, which is a cycle, and then some: none are to pile up. */
const SPARES_PER_CYCLE = 1_000;

/** For how long a cycle settles spare intents, half of what lies between two: no capture is to wait long for the next. */
const SPARES_MS = 30_000;

/**
 * One comparison of the provider's books with ours. What differs is written down first and then settled, a capture in
 * this cycle or in a later one and a spare intent always in a later one; a finding is never forgotten and never settled
 * twice, however many reconcilers there are.
 */
export async function reconcile(tools: ReconcileTools, cycle: Cycle): Promise<void> {
  await lookAtQuarantined(tools, cycle);
  for (const finding of await openFindings(tools.database.reader, OPEN_PER_CYCLE)) {
    if (cycle.isStopped()) return;
    await settle(finding, tools);
  }
  await compareCaptures(tools, cycle);
  await settleSpares(tools, cycle);
  await compareIntents(tools, cycle);
}

/**
 * A spare intent is settled in a later cycle than the one that finds it. How old it is, is told by our clock and the
 * provider's: where ours is ahead, it is found while its answer is still under way to the run that will reserve for it.
 * Since when we know of it is told by our clock alone: `minAgeMs` after that its run has reserved for it or has died,
 * however soon cycles follow each other. Only between two leaders whose clocks differ by more can it be too soon, and then
 * the payment is told as expired, with nothing charged.
 *
 * It costs nobody anything, and so it comes after the captures and waits where the provider is slow.
 */
async function settleSpares(tools: ReconcileTools, cycle: Cycle): Promise<void> {
  const { database, clock } = tools;
  const begunAt = clock();
  const which = { foundUntil: begunAt - cycle.minAgeMs, limit: SPARES_PER_CYCLE };
  for (const finding of await openSpares(database.reader, which)) {
    if (cycle.isStopped() || clock() - begunAt > SPARES_MS) return;
    await settle(finding, tools);
  }
}

/** One that cannot be settled holds up no other: it is told and has its turn again. */
async function settle(finding: OpenFinding, tools: ReconcileTools): Promise<void> {
  try {
    await settleFinding(finding, tools);
  } catch (error) {
    await postpone(finding, shownError(error).message, tools);
  }
}

async function compareCaptures(tools: ReconcileTools, cycle: Cycle): Promise<void> {
  const { database, ledger } = tools;
  await compare('charges', { tools, cycle, list: (span) => ledger.captures(span) }, async (captures) => {
    const standing = captures.filter(({ isRefunded }) => !isRefunded);
    const known = await chargesOfOrders(
      database.reader,
      standing.map(({ chargeId }) => chargeId),
    );
    return standing
      .filter(({ chargeId }) => !known.has(chargeId))
      .map(({ chargeId, isRefunded: _, ...capture }) => ({ ...capture, subjectId: chargeId, found: 'unfinished' }));
  });
}

async function compareIntents(tools: ReconcileTools, cycle: Cycle): Promise<void> {
  const { database, ledger } = tools;
  await compare('intents', { tools, cycle, list: (span) => ledger.openIntents(span) }, async (intents) => {
    const spares = await sparesAmong(intents, database.reader);
    return spares.map(({ intentId, ...intent }) => ({ ...intent, subjectId: intentId, found: 'spare_intent' }));
  });
}

interface Comparison<Row> {
  readonly tools: ReconcileTools;
  readonly cycle: Cycle;
  readonly list: (span: { readonly from: number; readonly to: number }) => AsyncIterable<LedgerPage<Row>>;
}

/** Page by page. The mark moves when all pages have been seen: a pass that breaks off is begun again. */
async function compare<Row>(
  what: Compared,
  { tools, cycle, list }: Comparison<Row>,
  strangersIn: (rows: readonly Row[]) => Promise<readonly Omit<NewFinding, 'foundAt'>[]>,
): Promise<void> {
  const { database, clock, alarm } = tools;
  const since = await comparedUntil(database.reader, what);
  let until = since;
  for await (const { rows, newestAt } of list({ from: since - OVERLAP_MS, to: clock() - cycle.minAgeMs })) {
    for (const stranger of await strangersIn(rows)) {
      if (cycle.isStopped()) return;
      const finding = { ...stranger, foundAt: clock() };
      if (!(await database.write((tx) => noteFinding(tx, finding)))) continue;
      if (finding.found === 'spare_intent') continue;
      alarm(`${finding.subjectId} of attempt ${finding.attemptId} is in the provider's books and not in ours`);
      await settle({ ...finding, done: 'waiting', failure: null }, tools);
    }
    until = Math.max(until, newestAt ?? until);
  }
  if (until > since) await database.write((tx) => markCompared(tx, what, until));
}
