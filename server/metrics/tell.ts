import type { EngineEvent } from '@payonce/trpc-idempotency';
import type { Logger } from 'pino';
import type { AnsweredRequest } from '../http/answering.ts';
import { keyHash } from '../key-hash.ts';
import type { Metrics } from './metrics.ts';

export type Tell = ReturnType<typeof createTell>;

/** What the shop says of itself: a line and a count for each thing that happens, with no secret in either. */
export function createTell(log: Logger, metrics: Metrics) {
  return {
    answered(request: AnsweredRequest): void {
      metrics.answered(request);
      log.info(request, 'answered');
    },

    /** The same request id stands on the line of the request, if there is one: a run may have no client any more. */
    keyEvent(event: EngineEvent): void {
      metrics.keyEvent(event);
      if (!log.isLevelEnabled(levelOf(event))) return;
      const { kind, operation, requestId, key } = event;
      const line = { event: kind, operation, requestId, keyHash: keyHash(key), ...detailOf(event) };
      log[levelOf(event)](
        kind === 'lease_lost' && event.error !== undefined ? { ...line, err: event.error } : line,
        'key',
      );
    },

    alarm(message: string, error?: unknown): void {
      metrics.alarmed();
      log.error({ alarm: true, ...(error !== undefined && { err: error }) }, message);
    },
  };
}

/** A run that threw after it had lost its key has no client to hear of it. */
function levelOf(event: EngineEvent): 'error' | 'info' {
  return event.kind === 'lease_lost' && event.error !== undefined ? 'error' : 'info';
}

function detailOf(event: EngineEvent): Readonly<Record<string, unknown>> {
  switch (event.kind) {
    case 'executed':
      return { outcome: event.outcome, reason: event.reason, durationMs: event.durationMs };
    case 'resumed':
    case 'taken_over':
      return { recoveryPoint: event.recoveryPoint };
    case 'rejected':
    case 'released':
      return { reason: event.reason };
    case 'replayed':
    case 'in_use':
    case 'reused':
    case 'lease_lost':
    case 'expired':
    case 'quarantined':
      return {};
  }
}
