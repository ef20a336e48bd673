import { createHash, createHmac, randomUUID, timingSafeEqual } from 'node:crypto';

const SESSION_COOKIE = 'payonce_session';

/** A year: a cart and its receipts should still be there at the next visit. */
const MAX_AGE_SECONDS = 365 * 24 * 60 * 60;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export interface Session {
  /** Who asks: scopes carts, keys and orders. */
  readonly principal: string;
  /** True when the request brought no valid cookie and this session is new. */
  readonly isNew: boolean;
}

/** @param keys the first signs, all verify, so that sessions hold while the secret rotates. */
export function readSession(cookieHeader: string | null, keys: readonly Buffer[]): Session {
  const [principal, signature] = cookieValue(cookieHeader)?.split('.') ?? [];
  const isOurs =
    principal !== undefined &&
    signature !== undefined &&
    UUID.test(principal) &&
    keys.some((key) => isEqual(sign(principal, key), signature));
  return isOurs ? { principal, isNew: false } : { principal: randomUUID(), isNew: true };
}

/** The `Set-Cookie` for a new session. `Secure` would lock out a phone on the local network, which has no https. */
export function sessionCookie(principal: string, keys: readonly Buffer[]): string {
  const [signingKey] = keys;
  if (!signingKey) throw new Error('there is no key to sign a session with');
  const value = `${principal}.${sign(principal, signingKey)}`;
  return `${SESSION_COOKIE}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${MAX_AGE_SECONDS}`;
}

/** The customer's name outside: what the provider sees must not be what a session is made of. */
export function publicCustomerId(principal: string): string {
  return `customer_${createHash('sha256').update(principal).digest('hex').slice(0, 24)}`;
}

function sign(principal: string, key: Buffer): string {
  return createHmac('sha256', key).update(principal).digest('base64url');
}

function isEqual(ours: string, theirs: string): boolean {
  const [a, b] = [Buffer.from(ours), Buffer.from(theirs)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function cookieValue(header: string | null): string | undefined {
  const prefix = `${SESSION_COOKIE}=`;
  return header
    ?.split(';')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(prefix))
    ?.slice(prefix.length);
}
