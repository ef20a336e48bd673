import { TRPCClientError } from '@trpc/client';

/** The shop's word for what went wrong (`error.data.reason`), or null when there was no answer to read it from. */
export function reasonOf(error: unknown): string | null {
  const reason: unknown = errorData(error)?.reason;
  return typeof reason === 'string' ? reason : null;
}

/** All that an error answer carries beside its message; null when the shop did not answer. */
export function errorData(error: unknown): Readonly<Record<string, unknown>> | null {
  if (!(error instanceof TRPCClientError)) return null;
  return (error.data as Record<string, unknown> | null | undefined) ?? null;
}
