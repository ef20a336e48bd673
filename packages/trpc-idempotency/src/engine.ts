import type { z } from 'zod';
import { type Answer, finalAnswer, inProgress, sharedAnswer } from './answer.ts';
import { carryOutAtomically } from './atomic.ts';
import { carryOut, stepDown } from './carry-out.ts';
import { type Caller, clientClaim, resumedClaim, resumedWork } from './claim-request.ts';
import { deliver, type EventDetail } from './events.ts';
import { leaseEnd } from './grant.ts';
import { keepLease } from './lease.ts';
import type { AnyOperation, Operation } from './operation.ts';
import { type EngineOptions, engineSettings } from './options.ts';
import { claimPatiently } from './patient-claim.ts';
import type { IdempotencyRecord, Json } from './record.ts';
import { RunningKeys } from './running-keys.ts';
import type { ClaimOutcome, ClaimRequest, Grant } from './store.ts';

export interface Engine<Tx> {
  /**
   * Runs the operation under the caller's key, or says what became of it.
   *
   * @param input as the operation's schema parsed it: checking it, and who asks, comes before this.
   * @throws what the operation throws, after giving the claim back; storage errors; assertions for bugs.
   */
  execute<Input extends z.ZodType, Output extends Json>(
    operation: Operation<Tx, Input, Output>,
    input: z.output<Input>,
    caller: Caller,
  ): Promise<Answer<Output>>;

  /**
   * Carries on a key whose client may be gone, from its stored input, as if the same request had come again. It never
   * begins a key: `gone` when the record is no longer what it was.
   *
   * @param terms `evenQuarantined`: also when the key was put aside. Once, by who has looked at it. Default false.
   * @throws what `execute` throws; a `ZodError` when the operation's schema cannot read what an older version stored.
   */
  resume(
    operation: AnyOperation<Tx>,
    record: IdempotencyRecord,
    terms?: { readonly evenQuarantined?: boolean },
  ): Promise<Resumption>;
  /**
   * For a process that ends: waits for the runs under way, those without a client too, and after `graceMs` gives back
   * the keys of those that still run, at their recovery points. Stop taking requests first.
   */
  drain(terms: { readonly graceMs: number }): Promise<void>;
  readonly leaseMs: number;
}

export type Resumption = Answer<Json> | { readonly kind: 'gone' };

export function createEngine<Tx>(options: EngineOptions<Tx>): Engine<Tx> {
  const settings = engineSettings(options);
  const { store, clock, onEvent } = settings;
  const running = new RunningKeys();

  function emitterFor({ tenant, principal, operation, key, requestId }: ClaimRequest) {
    return (detail: EventDetail) =>
      deliver(onEvent, { tenant, principal, operation, key, requestId, at: clock(), ...detail });
  }

  /** The engine's settings, with what the operation says for itself. */
  function termsOf({ retentionMs = settings.retentionMs, durableFrom }: OperationTerms) {
    return { ...settings, retentionMs, durableFrom };
  }

  function begin<Input extends z.ZodType, Output extends Json>(
    work: { readonly operation: Operation<Tx, Input, Output>; readonly input: z.output<Input> },
    { request, grant }: { readonly request: ClaimRequest; readonly grant: Grant },
  ): Promise<Answer<Output>> {
    const lease = keepLease(grant, { ...settings, endsAt: leaseEnd(request) });
    const granted = { request, grant, lease, emit: emitterFor(request) };
    const answer = carryOut(work, granted, termsOf(work.operation));
    return running.track(request, { answer, stepDown: () => stepDown(granted, settings) });
  }

  return {
    leaseMs: settings.leaseMs,
    drain: ({ graceMs }) => running.drain(graceMs),

    async execute(operation, input, caller) {
      const request = clientClaim(operation, input, { caller, settings });
      const emit = emitterFor(request);

      //  claim ── mismatch ──────► told so: the key belongs to other content
      //    │  ├── replay ────────► the stored answer
      //    │  ├── in-progress ───► told when to ask again, or waits for the same answer
      //    │  ├── quarantined ───► told that nobody tries it any more
      //    │  └── limited ───────► no room for a new key
      //  granted: lease + fencing token
      //    ▼
      //  phase tx ─► foreign call ─► phase tx ─► … ─► finish tx: effects + answer + fence, ONE commit
      //    │  │            │
      //    │  │            └── unfinished, or threw ─► released at the last recovery point; the same key resumes
      //    │  └── fence says no ─► lease lost: the other run's answer, never its own
      //    └── rejected ─────────► rolled back and forgotten, as if never sent
      const claim = operation.isAtomic
        ? await carryOutAtomically({ operation, input }, request, { terms: termsOf(operation), emit })
        : await claimPatiently(request, { store, clock, running, waitMs: caller.waitMs ?? 0 });
      switch (claim.kind) {
        case 'granted':
          tellOf(claim, emit);
          return begin({ operation, input }, { request, grant: claim.grant });
        case 'answered':
          return claim.answer;
        case 'replay':
          emit({ kind: 'replayed' });
          return finalAnswer(claim.answer, true);
        case 'shared':
          if (claim.answer.kind === 'final') emit({ kind: 'replayed' });
          return sharedAnswer(claim.answer);
        case 'in-progress':
          emit({ kind: 'in_use' });
          return inProgress(claim.leaseExpiresAt, clock());
        case 'mismatch':
          emit({ kind: 'reused' });
          return claim;
        case 'quarantined':
          emit({ kind: 'quarantined' });
          return claim;
        case 'limited':
          return claim;
      }
    },

    async resume(operation, record, terms) {
      const request = resumedClaim(record, settings, terms);
      const emit = emitterFor(request);
      const claim = await store.claim(request);
      switch (claim.kind) {
        case 'granted': {
          const { grant, tookOver } = claim;
          if (tookOver) emit({ kind: 'taken_over', recoveryPoint: grant.recoveryPoint });
          emit({ kind: 'resumed', recoveryPoint: grant.recoveryPoint });
          return begin(resumedWork(operation, record), { request, grant });
        }
        case 'replay':
          return finalAnswer(claim.answer, true);
        case 'in-progress':
          return inProgress(claim.leaseExpiresAt, request.now);
        case 'quarantined':
          emit({ kind: 'quarantined' });
          return claim;
        case 'mismatch':
        case 'limited':
          return { kind: 'gone' };
      }
    },
  };
}

function tellOf({ grant, replacedExpired, tookOver }: Granted, emit: (detail: EventDetail) => void): void {
  const { recoveryPoint, resumed } = grant;
  if (replacedExpired) emit({ kind: 'expired' });
  if (tookOver) emit({ kind: 'taken_over', recoveryPoint });
  if (resumed) emit({ kind: 'resumed', recoveryPoint });
}

type OperationTerms = Pick<AnyOperation<never>, 'retentionMs' | 'durableFrom'>;
type Granted = Extract<ClaimOutcome, { kind: 'granted' }>;
