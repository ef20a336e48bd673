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
  // More than one, when an older cookie with another path or domain is still about: the first that is ours counts.
  for (const value of cookieValues(cookieHeader)) {
    const principal = principalOf(value, keys);
    if (principal !== undefined) return { principal, isNew: false };
  }
  return { principal: randomUUID(), isNew: true };
}

function principalOf(cookie: string, keys: readonly Buffer[]): string | undefined {
  const [principal, signature] = cookie.split('.');
  const isOurs =
    principal !== undefined &&
    signature !== undefined &&
    UUID.test(principal) &&
    keys.some((key) => isEqual(sign(principal, key), signature));
  return isOurs ? principal : undefined;
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

function cookieValues(header: string | null): readonly string[] {
  const prefix = `${SESSION_COOKIE}=`;
  const pairs = header?.split(';').map((pair) => pair.trim()) ?? [];
  return pairs.filter((pair) => pair.startsWith(prefix)).map((pair) => pair.slice(prefix.length));
}
