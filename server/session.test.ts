import { describe, expect, it } from 'vitest';
import { deriveSecrets } from './secret.ts';
import { publicCustomerId, readSession, sessionCookie } from './session.ts';

const [oldSecret, newSecret] = ['o'.repeat(32), 'n'.repeat(32)];
const keysOf = (...secrets: string[]) => deriveSecrets(secrets).sessionKeys;
const sentBack = (setCookie: string) => setCookie.split(';')[0] ?? '';

describe('a session', () => {
  it('is the same customer on every visit, also beside the cookies of others', () => {
    const keys = keysOf(oldSecret);
    const { principal, isNew } = readSession(null, keys);
    expect(isNew).toBe(true);
    const cookie = sentBack(sessionCookie(principal, keys));
    expect(readSession(`theme=dark; ${cookie}; a=b`, keys)).toEqual({ principal, isNew: false });
  });

  it('holds while the secret rotates, and ends with the secret that signed it', () => {
    const { principal } = readSession(null, keysOf(oldSecret));
    const cookie = sentBack(sessionCookie(principal, keysOf(oldSecret)));
    expect(readSession(cookie, keysOf(newSecret, oldSecret))).toEqual({ principal, isNew: false });
    expect(readSession(cookie, keysOf(newSecret)).isNew).toBe(true);
    expect(sessionCookie(principal, keysOf(newSecret, oldSecret))).toBe(sessionCookie(principal, keysOf(newSecret)));
  });

  it.each([
    ['another customer under this signature', (cookie: string) => cookie.replace('aaaaaaaa', 'bbbbbbbb')],
    ['no signature', (cookie: string) => cookie.split('.')[0] ?? ''],
    ['an empty signature', (cookie: string) => `${cookie.split('.')[0]}.`],
    ['a signature that was cut', (cookie: string) => cookie.slice(0, -1)],
    ['no value', () => 'payonce_session='],
  ])('is not given to %s', (_what, forge) => {
    const keys = keysOf(oldSecret);
    const principal = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa';
    const forged = forge(sentBack(sessionCookie(principal, keys)));
    expect(readSession(forged, keys)).toMatchObject({ isNew: true });
    expect(readSession(forged, keys).principal).not.toBe(principal);
  });

  it('is not told to the provider', () => {
    const { principal } = readSession(null, keysOf(oldSecret));
    expect(publicCustomerId(principal)).not.toContain(principal);
    expect(publicCustomerId(principal)).toBe(publicCustomerId(principal));
  });
});
