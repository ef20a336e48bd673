export type { Answer, FinalAnswer } from './answer.ts';
export type { Caller } from './claim-request.ts';
export { type Completer, type CompleterOptions, createCompleter } from './completer.ts';
export { createEngine, type Engine, type Resumption } from './engine.ts';
export { type ErrorDetails, type ErrorRow, type IdempotencyReason, idempotencyErrors } from './errors.ts';
export type { EngineEvent, EventListener } from './events.ts';
export { NotJsonError } from './json.ts';
export { hasExpired, TAKEOVERS_MAX } from './judge.ts';
export { KEY_LENGTH_MAX, type KeyParse, parseIdempotencyKey } from './key.ts';
export { LeaseLostError } from './lease.ts';
export {
  type AnyOperation,
  defineOperation,
  type Operation,
  type PhaseStep,
  type Proceed,
  proceed,
  type Refused,
  type Rejected,
  type Run,
  type RunOutcome,
  refused,
  rejected,
  type Settled,
  settled,
  type Unfinished,
  unfinished,
} from './operation.ts';
export type { EngineOptions } from './options.ts';
export { createReaper, type Reaper, type ReaperOptions } from './reaper.ts';
export {
  CLAIMED,
  type FinalOutcome,
  type IdempotencyRecord,
  type Json,
  type JsonObject,
  type KeyRef,
  type RecordState,
  type Scope,
  type StoredAnswer,
  type UnixMs,
  unixMs,
} from './record.ts';
export type { HashKey } from './request-hash.ts';
export { selfCheck } from './self-check.ts';
export type {
  AbandonedSearch,
  Admission,
  ClaimOutcome,
  ClaimRequest,
  Completion,
  Durability,
  Grant,
  IdempotencyStore,
} from './store.ts';
