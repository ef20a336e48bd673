import type { z } from 'zod';
import { type Answer, finalAnswer, inProgress } from './answer.ts';
import { carryOut } from './carry-out.ts';
import { deliver, type EventDetail } from './events.ts';
import { toJson } from './json.ts';
import type { Operation } from './operation.ts';
import { type EngineOptions, type EngineSettings, engineSettings } from './options.ts';
import type { Json } from './record.ts';
import { requestHasher } from './request-hash.ts';
import type { Admission, ClaimRequest } from './store.ts';

/** Who asks, and under which key. */
export interface Caller {
  readonly tenant: string;
  readonly principal: string;
  readonly key: string;
  readonly requestId: string;
  /** Asked only for a new key: whether there is room for it. */
  readonly admit?: (() => Admission) | undefined;
}

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
}

export function createEngine<Tx>(options: EngineOptions<Tx>): Engine<Tx> {
  const settings = engineSettings(options);
  const { store, clock, onEvent } = settings;

  return {
    async execute(operation, input, caller) {
      const request = claimRequest(operation, input, { caller, settings });
      const { tenant, principal, key, requestId } = request;
      const source = { tenant, principal, operation: operation.name, key, requestId };
      const emit = (detail: EventDetail) => void deliver(onEvent, { ...source, at: clock(), ...detail });

      //  claim ── mismatch ──────► told so: the key belongs to other content
      //    │  ├── replay ────────► the stored answer
      //    │  ├── in-progress ───► told when to ask again
      //    │  ├── quarantined ───► told that nobody tries it any more
      //    │  └── limited ───────► no room for a new key
      //  granted: lease + fencing token
      //    ▼
      //  phase tx ─► foreign call ─► phase tx ─► … ─► finish tx: effects + answer + fence, ONE commit
      //    │  │            │
      //    │  │            └── unfinished, or threw ─► released at the last recovery point; the same key resumes
      //    │  └── fence says no ─► lease lost: the other run's answer, never its own
      //    └── rejected ─────────► rolled back and forgotten, as if never sent
      const claim = await store.claim(request);
      switch (claim.kind) {
        case 'granted': {
          const { grant, replacedExpired } = claim;
          if (replacedExpired) emit({ kind: 'expired' });
          if (grant.resumed) emit({ kind: 'resumed', recoveryPoint: grant.recoveryPoint });
          return carryOut({ operation, input }, { request, grant, emit }, settings);
        }
        case 'replay':
          emit({ kind: 'replayed' });
          return finalAnswer(claim.answer, true);
        case 'in-progress':
          emit({ kind: 'in_use' });
          return inProgress(claim.leaseExpiresAt, request.now);
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
  };
}

function claimRequest<Tx, Input extends z.ZodType, Output extends Json>(
  operation: Operation<Tx, Input, Output>,
  input: z.output<Input>,
  { caller, settings }: { readonly caller: Caller; readonly settings: EngineSettings<Tx> },
): ClaimRequest {
  const { hashKeys, hashKid, leaseMs, clock } = settings;
  // An operation without input is remembered with JSON's word for nothing.
  const json = input === undefined ? null : toJson(input, 'input');
  return {
    tenant: caller.tenant,
    principal: caller.principal,
    operation: operation.name,
    key: caller.key,
    requestHash: requestHasher(hashKeys, { operation, input: json }),
    hashKid,
    schemaVersion: operation.version,
    input: json,
    requestId: caller.requestId,
    now: clock(),
    leaseMs,
    ...(caller.admit && { admit: caller.admit }),
  };
}
