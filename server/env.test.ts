import { describe, expect, it } from 'vitest';
import { EnvError, readEnv } from './env.ts';

describe('the settings', () => {
  it('need none to be given, and an empty one counts as not given', () => {
    for (const env of [readEnv({}), readEnv({ PORT: '', DEMO: '' })]) {
      expect(env).toMatchObject({
        port: 3000,
        databaseFile: './data/payonce.db',
        stripe: { apiBase: 'http://127.0.0.1:12111' },
        taxUrl: 'http://127.0.0.1:12111/tax/quote',
        smtpUrl: 'smtp://127.0.0.1:12125',
        leaseMs: 30_000,
        retentionMs: 24 * 60 * 60 * 1000,
        isDemo: true,
      });
    }
  });

  it('take a live key only with the demo off', () => {
    const live = { STRIPE_SECRET_KEY: 'sk_live_0123456789' };
    expect(() => readEnv(live)).toThrow(EnvError);
    expect(readEnv({ ...live, DEMO: 'off' }).isDemo).toBe(false);
  });

  it('split a secret that is being rotated, newest first', () => {
    const [next, last] = ['n'.repeat(32), 'l'.repeat(32)];
    expect(readEnv({ SECRET: `${next}, ${last}` }).secrets).toEqual([next, last]);
  });

  it.each([
    ['PORT', '70000'],
    ['PORT', 'eighty'],
    ['DATABASE_URL', './payonce.db'],
    ['DATABASE_URL', 'file:'],
    ['DATABASE_URL', 'postgres://localhost/payonce'],
    ['STRIPE_API_BASE', 'localhost:12111'],
    ['SMTP_URL', 'http://127.0.0.1'],
    ['IDEMPOTENCY_LEASE_MS', '10'],
    ['IDEMPOTENCY_RETENTION_HOURS', '100'],
    ['RATE_KEYS_PER_MINUTE', '0'],
    ['DEMO', 'yes'],
    ['WORKERS', '2'],
    ['LOG_LEVEL', 'loud'],
    ['SECRET', 'short'],
  ])('say in one sentence that %s cannot be %j', (name, value) => {
    const message = messageOf(() => readEnv({ [name]: value }));
    expect(message).toMatch(new RegExp(`^${name} [^\\n]+\\.$`));
  });
});

function messageOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof EnvError) return error.message;
    throw error;
  }
  throw new Error('nothing was found wrong');
}
