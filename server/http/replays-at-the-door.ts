import { parseIdempotencyKey } from '@payonce/trpc-idempotency';
import { endedRequest, startedRequest } from '../backstage/logged-request.ts';
import type { RequestLog } from '../backstage/request-log.ts';
import type { Clock } from '../clock.ts';
import { keyScope } from '../context.ts';
import type { Tell } from '../metrics/tell.ts';
import type { RequestLabel } from './answering.ts';
import type { RequestHeaders } from './http-request.ts';
import { type KeyedRequest, RecentReplays, type Replay } from './recent-replays.ts';

interface Arrived {
  readonly principal: string;
  readonly operation: string;
  readonly headers: RequestHeaders;
  /** Undefined when the request has none that was read. */
  readonly body: string | undefined;
}

export interface ReplaysAtTheDoor {
  /** The request as it can be found again; undefined for one that is none of these payments. */
  payment(arrived: Arrived): KeyedRequest | undefined;
  /** The answer that was replayed to it lately. It is logged and counted as if procedure and engine had given it. */
  find(payment: KeyedRequest, label: RequestLabel): Replay | undefined;
  keep(payment: KeyedRequest, replay: Replay): void;
}

interface Parts {
  /** The one whose repeats come in storms. */
  readonly operation: string;
  readonly requestLog: RequestLog;
  readonly tell: Pick<Tell, 'keyEvent'>;
  readonly clock: Clock;
}

/** Payments that are sent again and again, as by a client without a backoff: answered before tRPC and engine are asked. */
export function replaysAtTheDoor({ operation, requestLog, tell, clock }: Parts): ReplaysAtTheDoor {
  const recent = new RecentReplays({ clock });
  return {
    payment({ principal, headers, body, ...arrived }) {
      if (arrived.operation !== operation || body === undefined) return undefined;
      const parsed = parseIdempotencyKey(headers.get('idempotency-key'));
      return parsed.ok ? { principal, operation, key: parsed.key, body } : undefined;
    },

    find(payment, label) {
      const replay = recent.find(payment);
      if (!replay) return undefined;
      const { principal, key, body } = payment;
      const { answer, reason } = replay;
      tell.keyEvent({
        ...keyScope(principal, operation),
        key,
        requestId: label.requestId,
        at: clock(),
        kind: 'replayed',
      });
      const started = startedRequest({ ...label, principal, operation, input: JSON.parse(body) });
      requestLog.end(endedRequest(started, { httpStatus: answer.status, reason, headers: answer.headers }));
      return replay;
    },

    keep: (payment, replay) => recent.keep(payment, replay),
  };
}
