import { type RetryEvent, sleep } from '@payonce/retry';
import { createTRPCClient, httpLink, TRPCClientError } from '@trpc/client';
import { idempotencyHeaders } from '../idempotency-headers.ts';
import { type RetryLinkOptions, retryLink } from '../retry-link.ts';
import type { PaymentRouter } from './payment-shop.ts';

/** Waits and time limits pass twenty times as fast, so that a test sees real ones without waiting for them. */
const HASTE = 20;

/** Somebody who pays over HTTP through the retry link, and all that the link told. */
export function buyer(url: string, options: RetryLinkOptions = {}) {
  const events: RetryEvent[] = [];
  const trpc = createTRPCClient<PaymentRouter>({
    links: [
      retryLink({
        // Three real seconds: what is not held back on purpose answers within it on a busy machine too.
        perTryTimeoutMs: 3_000 * HASTE,
        totalDeadlineMs: 600_000,
        sleep: (waitMs, signal) => sleep(waitMs / HASTE, signal),
        ...options,
      }),
      httpLink({ url, headers: idempotencyHeaders }),
    ],
  });
  const onRetryEvent = (event: RetryEvent) => void events.push(event);
  return {
    trpc,
    events,
    whys: () => events.flatMap((event) => (event.kind === 'failed' ? [event.why] : [])),
    pay: (amountMinor = 2490, { signal }: { signal?: AbortSignal } = {}) =>
      trpc.pay.mutate(
        { amountMinor },
        { context: { idempotencyKey: 'key-1', onRetryEvent }, ...(signal && { signal }) },
      ),
    payWithoutKey: () => trpc.payWithoutKey.mutate({ amountMinor: 2490 }, { context: { onRetryEvent } }),
    readPrice: () => trpc.price.query(undefined, { context: { onRetryEvent } }),
  };
}

/** The error that a call ends with; fails when it ends well. */
export async function errorOf(call: Promise<unknown>): Promise<TRPCClientError<PaymentRouter>> {
  try {
    await call;
  } catch (error) {
    if (error instanceof TRPCClientError) return error;
    throw error;
  }
  throw new Error('the call ended well');
}
