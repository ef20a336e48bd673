export type { Attempt } from './attempt.ts';
export type { AttemptStorage } from './attempt-shelf.ts';
export { type Attempts, type AttemptsOptions, createAttempts } from './attempts.ts';
export { type BrowserPorts, browserConnectivity } from './browser-connectivity.ts';
export { classifyTrpc, isDefinite } from './classify-trpc.ts';
export { idempotencyHeaders } from './idempotency-headers.ts';
export { type RetryLinkOptions, retryLink } from './retry-link.ts';
