export {
  type Backoff,
  type BackoffStep,
  decorrelated,
  exponential,
  fixed,
  fullJitter,
  type Growth,
  immediate,
} from './backoff.ts';
export { type Breaker, type BreakerOptions, createBreaker } from './breaker.ts';
export { AnswerError, classifyFetch, failureOf } from './classify-fetch.ts';
export { classifyHttp, type HttpFailure, KEY_IN_USE } from './classify-http.ts';
export type { GaveUpWhy, RetryEvent } from './events.ts';
export { isNetworkError } from './network-error.ts';
export { type Call, type RetryResult, retry } from './retry.ts';
export { parseRetryAfter } from './retry-after.ts';
export { createRetryBudget, type RetryBudget, type RetryBudgetOptions } from './retry-budget.ts';
export type { Connectivity, RetryOptions } from './retry-options.ts';
export { type Sleep, sleep } from './sleep.ts';
export { TimedOutError } from './time-limit.ts';
export type { Classify, RetryWhy, StopWhy, Verdict } from './verdict.ts';
