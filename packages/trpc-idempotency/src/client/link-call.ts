import type { RetryResult } from '@payonce/retry';
import { isTRPCClientError, type OperationLink, TRPCClientError } from '@trpc/client';
import type { AnyTRPCRouter } from '@trpc/server';
import type { inferObservableValue } from '@trpc/server/observable';

export type LinkCall<Router extends AnyTRPCRouter> = Parameters<OperationLink<Router>>[0];
export type LinkAnswer<Router extends AnyTRPCRouter> = ReturnType<OperationLink<Router>>;
type Envelope<Router extends AnyTRPCRouter> = inferObservableValue<LinkAnswer<Router>>;

/** One call through the links below. The abort ends the subscription and with it the request that is under way. */
export function answerOf<Router extends AnyTRPCRouter>(
  { op, next }: LinkCall<Router>,
  signal: AbortSignal,
): Promise<Envelope<Router>> {
  return new Promise((resolve, reject) => {
    const subscription = next(op).subscribe({
      next: resolve,
      error: reject,
      complete: () => reject(new Error(`the link below ended ${op.path} without an answer`)),
    });
    signal.addEventListener('abort', () => subscription.unsubscribe());
  });
}

/** What the caller gets: the last error as it was. Without `data`, which only a server gives, the outcome is unknown. */
export function errorOf<Router extends AnyTRPCRouter>({
  why,
  lastError,
}: RetryResult<unknown> & { readonly kind: 'gave-up' }): TRPCClientError<Router> {
  if (why === 'aborted') return TRPCClientError.from(new DOMException('the call was aborted', 'AbortError'));
  if (isTRPCClientError<Router>(lastError)) return lastError;
  if (lastError instanceof Error) return TRPCClientError.from(lastError);
  return new TRPCClientError(`not sent: ${why}`);
}
