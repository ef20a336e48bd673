import type { HeaderSink } from '../header-sink.ts';
import type { Admission } from '../store.ts';

/** What the host's context holds, made before validation and after it knows who asks. */
export interface IdempotencyContext {
  readonly tenant: string;
  /** Who asks. Inside a tenant nobody meets another principal's keys. */
  readonly principal: string;
  readonly requestId: string;
  /** The `Idempotency-Key` header as it came; null when there was none. */
  readonly idempotencyKeyHeader: string | null;
  /** Sent with the response; the host copies them in `responseMeta` or writes to its own response. */
  readonly responseHeaders: HeaderSink;
  /** Whether there is room for one more new key. Without it there always is. */
  readonly admit?: (() => Admission) | undefined;
  /** How many calls share the HTTP request. More than one is refused, as one header cannot name two keys. */
  readonly batchSize?: number | undefined;
}
