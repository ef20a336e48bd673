import { hash } from 'node:crypto';
import { parseIdempotencyKey } from '@payonce/trpc-idempotency';

/** Enough to find one key's lines together; a key in clear would be a way to somebody's answer. */
export function keyHash(key: string): string {
  return hash('sha256', key, 'hex').slice(0, 12);
}

/** The same for a key in whatever form the header has it; null when there is none. */
export function keyHashOfHeader(header: string | null): string | null {
  if (header === null) return null;
  const parsed = parseIdempotencyKey(header);
  return keyHash(parsed.ok ? parsed.key : header);
}
