import { parseItem } from 'structured-headers';

export type KeyParse =
  | { readonly ok: true; readonly key: string }
  | { readonly ok: false; readonly reason: 'idempotency_key_required' | 'idempotency_key_invalid' };

/** Long enough for any UUID, hash or composite key; the limit that Stripe and the IETF draft's examples keep to. */
export const KEY_LENGTH_MAX = 255;

/**
 * Reads the `Idempotency-Key` header: an RFC 8941 string (`"8e03978e"`) or the same key bare (`8e03978e`), which most
 * clients send. HTTP joins repeated headers with a comma, so a bare key must not hold one: two keys never pass for
 * one. Quoted parameters are refused too, as nothing says what they would mean.
 */
export function parseIdempotencyKey(headerValue: string | null): KeyParse {
  if (headerValue === null) return { ok: false, reason: 'idempotency_key_required' };
  const text = headerValue.trim();
  if (text === '') return { ok: false, reason: 'idempotency_key_required' };

  const key = text.startsWith('"') ? quotedKey(text) : text.match(BARE_KEY)?.[0];
  if (key === undefined || key === '' || key.length > KEY_LENGTH_MAX) {
    return { ok: false, reason: 'idempotency_key_invalid' };
  }
  return { ok: true, key };
}

/** Printable ASCII without space, quote, comma and semicolon. */
const BARE_KEY = /^[!#-+\--:<-~]+$/;

function quotedKey(text: string): string | undefined {
  try {
    const [value, parameters] = parseItem(text);
    return typeof value === 'string' && parameters.size === 0 ? value : undefined;
  } catch {
    // The parser throws on what is not a structured field. For a header that is an expected case, not a bug.
    return undefined;
  }
}
