import {
  type Breaker,
  type Connectivity,
  fullJitter,
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
import { idempotencyKeyOf } from './idempotency-headers.ts';
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
  /** Bounds the load that retries add. Share one over all clients of a page. Default: none. */
  readonly budget?: RetryBudget;
  /** Stops calling a server that does not answer. Default: none. */
  readonly breaker?: Breaker;
  /** Default: the browser's own word, none outside of one. */
  readonly connectivity?: Connectivity;
  /** Uniform in [0, 1), for the waits. Default: from `crypto`. */
  readonly random?: () => number;
  /** For the waits and the time limit of a call. Default: `setTimeout`. */
  readonly sleep?: Sleep;
}

/**
 * The only layer that sends anything twice: queries, mutations with `context.idempotencyKey`, and what `alsoRetry`
 * names. All else passes through untouched. `context.onRetryEvent` hears what happens. When it gives up, the last
 * TRPCClientError arrives as it was, so that a definite refusal keeps its `data`.
 */
export function retryLink<Router extends AnyTRPCRouter>(options: RetryLinkOptions = {}): TRPCLink<Router> {
  const { baseMs = 500, capMs = 8_000, alsoRetry = () => false, ...given } = options;
  const connectivity = given.connectivity ?? browserConnectivity();
  const policy: RetryOptions = {
    attempts: 5,
    perTryTimeoutMs: 5_000,
    totalDeadlineMs: 60_000,
    ...given,
    ...(connectivity && { connectivity }),
    backoff: fullJitter({ baseMs, capMs }),
    classify: classifyTrpc,
  };
  return () => (call) => (mayRepeat(call.op, alsoRetry) ? repeated(call, policy) : call.next(call.op));
}

function mayRepeat(op: Operation, alsoRetry: (op: Operation) => boolean): boolean {
  switch (op.type) {
    case 'query':
      return true;
    case 'mutation':
      return idempotencyKeyOf(op) !== undefined || alsoRetry(op);
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
    retry(({ signal }) => answerOf(call, signal), { ...policy, signal: stopping.signal, ...(onEvent && { onEvent }) })
      .then((result) => {
        if (!isWanted) return;
        if (result.kind === 'gave-up') return observer.error(errorOf(result));
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

function listenerOf({ context }: Operation): ((event: RetryEvent) => void) | undefined {
  const { onRetryEvent } = context;
  return typeof onRetryEvent === 'function' ? (event) => onRetryEvent(event) : undefined;
}
