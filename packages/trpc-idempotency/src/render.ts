import type { Answer } from './answer.ts';
import type { ErrorDetails, IdempotencyReason } from './errors.ts';
import type { HeaderSink } from './header-sink.ts';
import type { Json } from './record.ts';

/** An answer as an adapter passes it on: the output or an error, each with the status that was stored with it. */
export type Rendered<Output> =
  | { readonly ok: true; readonly output: Output; readonly statusCode: number }
  | { readonly ok: false; readonly reason: string; readonly details: ErrorDetails };

/** @param headers of the response, to which those of the answer are added. */
export function renderAnswer<Output extends Json>(answer: Answer<Output>, headers: HeaderSink): Rendered<Output> {
  function failed(reason: string, details: ErrorDetails): Rendered<Output> {
    if (details.retryAfterMs !== undefined) headers.set('Retry-After', String(Math.ceil(details.retryAfterMs / 1000)));
    return { ok: false, reason, details };
  }
  const keyError = (reason: IdempotencyReason, retryAfterMs?: number) =>
    failed(reason, { kind: 'engine', extras: {}, ...(retryAfterMs !== undefined && { retryAfterMs }) });

  switch (answer.kind) {
    case 'final': {
      const { outcome, statusCode, replayed, requestId, expiresAt } = answer;
      if (replayed) headers.set('Idempotent-Replayed', 'true');
      headers.set('Idempotency-Expires', new Date(expiresAt).toUTCString());
      if (outcome.kind === 'refused') {
        return failed(outcome.reason, { kind: 'refused', extras: outcome.extras, requestId, statusCode });
      }
      for (const [name, value] of Object.entries(outcome.headers ?? {})) headers.set(name, value);
      return { ok: true, output: outcome.output, statusCode };
    }
    case 'rejected':
      return failed(answer.reason, { kind: 'rejected', extras: answer.extras });
    case 'unfinished':
      return failed(answer.reason, { kind: 'unfinished', extras: {}, retryAfterMs: answer.retryAfterMs });
    case 'in-progress':
      return keyError('idempotency_key_in_use', answer.retryAfterMs);
    case 'mismatch':
      return keyError('idempotency_key_reused');
    case 'limited':
      return keyError('rate_limited', answer.retryAfterMs);
    case 'quarantined':
      return keyError('idempotency_key_quarantined', QUARANTINE_RETRY_AFTER_MS);
  }
}

/** Somebody has to look at it first; asking each second would only be noise. */
const QUARANTINE_RETRY_AFTER_MS = 60_000;
