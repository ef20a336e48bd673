import {
  type Breaker,
  type Connectivity,
  fullJitter,
  type Hurry,
  type RetryBudget,
  type RetryEvent,
  type RetryOptions,
  retry,
  type Sleep,
} from '@payonce/retry';
import { type Operation, TRPCClientError, type TRPCLink } from '@trpc/client';
import type { AnyTRPCRouter } from '@trpc/server';
import { observable } from '@trpc/server/observable';
import { browserConnectivity } from './browser-connectivity.ts';
import { classifyTrpc } from './classify-trpc.ts';
import { noteRepeated } from './ends-attempt.ts';
import { idempotencyKeyOf, withTryNumber } from './idempotency-headers.ts';
import { answerOf, errorOf, type LinkAnswer, type LinkCall } from './link-call.ts';

/** Durations are milliseconds. */
export interface RetryLinkOptions {
  /** Calls in all, the first included. Default 5. */
  readonly attempts?: number;
  /** The bound of the first wait, which is drawn from below it and doubles with each retry. Default 500. */
  readonly baseMs?: number;
  /** No drawn wait is longer. Default 8,000. */
  readonly capMs?: number;
  /** Default 5,000. */
  readonly perTryTimeoutMs?: number;
  /** All calls and all waits, less the time without a connection. Default 60,000. */
  readonly totalDeadlineMs?: number;
  /** Further mutations that are safe to repeat, or that are to show what happens when they are not. Default: none. */
  readonly alsoRetry?: (op: Operation) => boolean;
  /**
   * Bounds the load that retries add. Share one over all clients of a page; give reads one of their own, or a screen
   * that asks each second leaves nothing for a payment. Default: none.
   */
  readonly budget?: RetryBudget | ((op: Operation) => RetryBudget | undefined);
  /** Stops calling a server that does not answer. Default: none. */
  readonly breaker?: Breaker;
  /** Calls that wait while the breaker is open, where others give up at once. Default: those with a key. */
  readonly waitsForBreaker?: (op: Operation) => boolean;
  /** Default: the browser's own word, none outside of one. */
  readonly connectivity?: Connectivity;
  /** Uniform in [0, 1), for the waits. Default: from `crypto`. */
  readonly random?: () => number;
  /** For the waits and the time limit of a call. Default: `setTimeout`. */
  readonly sleep?: Sleep;
}

/** What a customer waits for at most before being told that the outcome is not known yet. */
export const TOTAL_DEADLINE_MS = 60_000;

/**
 * The only layer that sends anything twice: queries, mutations with `context.idempotencyKey`, and what `alsoRetry`
 * names. All else passes through untouched. `context.onRetryEvent` hears what happens, `context.hurry` may end a wait,
 * and `context.triesBefore` is what the numbers of the requests go on from. When it gives up, the last TRPCClientError
 * arrives as it was, so that a definite refusal keeps its `data`.
 */
export function retryLink<Router extends AnyTRPCRouter>(options: RetryLinkOptions = {}): TRPCLink<Router> {
  const { baseMs = 500, capMs = 8_000, alsoRetry = () => false, budget, waitsForBreaker = hasKey, ...given } = options;
  const connectivity = given.connectivity ?? browserConnectivity();
  const policy: RetryOptions = {
    attempts: 5,
    perTryTimeoutMs: 5_000,
    totalDeadlineMs: TOTAL_DEADLINE_MS,
    ...given,
    ...(connectivity && { connectivity }),
    backoff: fullJitter({ baseMs, capMs }),
    classify: classifyTrpc,
  };
  const policyOf = (op: Operation): RetryOptions => {
    const own = typeof budget === 'function' ? budget(op) : budget;
    return { ...policy, whenOpen: waitsForBreaker(op) ? 'wait' : 'give-up', ...(own && { budget: own }) };
  };
  return () => (call) => (mayRepeat(call.op, alsoRetry) ? repeated(call, policyOf(call.op)) : call.next(call.op));
}

const hasKey = (op: Operation) => idempotencyKeyOf(op) !== undefined;

function mayRepeat(op: Operation, alsoRetry: (op: Operation) => boolean): boolean {
  switch (op.type) {
    case 'query':
      return true;
    case 'mutation':
      return hasKey(op) || alsoRetry(op);
    case 'subscription':
      // Has a life of its own: it reconnects by itself, and there is no one answer to wait for.
      return false;
  }
}

function repeated<Router extends AnyTRPCRouter>(call: LinkCall<Router>, policy: RetryOptions): LinkAnswer<Router> {
  const { op } = call;
  return observable((observer) => {
    const stopping = new AbortController();
    const stop = () => stopping.abort();
    if (op.signal?.aborted) stop();
    op.signal?.addEventListener('abort', stop);

    let isWanted = true;
    const onEvent = listenerOf(op);
    const hurry = hurryOf(op);
    retry(({ attempt, signal }) => answerOf({ next: call.next, op: withTryNumber(op, attempt) }, signal), {
      ...policy,
      signal: stopping.signal,
      ...(onEvent && { onEvent }),
      ...(hurry && { hurry }),
    })
      .then((result) => {
        if (!isWanted) return;
        if (result.kind === 'gave-up') {
          const error = errorOf<Router>(result);
          if (result.attempts > 1) noteRepeated(error);
          return observer.error(error);
        }
        observer.next(result.value);
        observer.complete();
      })
      // Only a bug in a listener or a port comes here; unheard it would leave the caller waiting for ever.
      .catch((bug) => observer.error(TRPCClientError.from(bug)));
    return () => {
      isWanted = false;
      op.signal?.removeEventListener('abort', stop);
      stop();
    };
  });
}

function hurryOf({ context }: Operation): Hurry | undefined {
  const { hurry } = context;
  return typeof hurry === 'object' && hurry !== null && 'onNow' in hurry ? (hurry as Hurry) : undefined;
}

function listenerOf({ context }: Operation): ((event: RetryEvent) => void) | undefined {
  const { onRetryEvent } = context;
  return typeof onRetryEvent === 'function' ? (event) => onRetryEvent(event) : undefined;
}
