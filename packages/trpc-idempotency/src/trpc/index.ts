export type { IdempotencyContext } from './context.ts';
export { assertIdempotencyAfterInput, idempotentPaths } from './middleware-order.ts';
export { type IdempotentProcedure, idempotentPlugin, type PluginOptions } from './plugin.ts';
export { defaultToError, type ErrorDetails, IdempotencyError, type ToError } from './to-error.ts';
