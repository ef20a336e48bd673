export type { ErrorDetails } from '../errors.ts';
export type { HeaderSink } from '../header-sink.ts';
export type { IdempotencyContext } from './context.ts';
export { type IdempotencyErrorData, idempotencyErrorData } from './error-data.ts';
export { assertIdempotencyAfterInput, idempotentPaths } from './middleware-order.ts';
export { type IdempotentProcedure, idempotentPlugin, type PluginOptions } from './plugin.ts';
export { defaultToError, IdempotencyError, type ToError } from './to-error.ts';
