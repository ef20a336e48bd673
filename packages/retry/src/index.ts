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
export { type Breaker, type BreakerOptions, type BreakerPass, type CallOutcome, createBreaker } from './breaker.ts';
export { createRetryBudget, type RetryBudget, type RetryBudgetOptions } from './budget.ts';
export { type BudgetLevel, type BudgetShelf, memoryShelf, storedShelf } from './budget-shelf.ts';
export { AnswerError, classifyFetch, failureOf } from './classify-fetch.ts';
export { classifyHttp, type HttpFailure, KEY_IN_USE } from './classify-http.ts';
export { monotonicTime, wallTime } from './clock.ts';
export type { GiveUpWhy, RetryEvent } from './events.ts';
export { createHurry, type Hurry } from './hurry.ts';
export { isNetworkError } from './network-error.ts';
export type { Connectivity, RetryOptions } from './options.ts';
export { cryptoRandom } from './random.ts';
export { type Call, type RetryResult, retry, type Work } from './retry.ts';
export { clampRetryAfter, parseRetryAfter, RETRY_AFTER_MS_MAX } from './retry-after.ts';
export { type Sleep, sleep } from './sleep.ts';
export { TimedOutError } from './time-limit.ts';
export type { Classify, RetryWhy, StopWhy, Verdict } from './verdict.ts';
