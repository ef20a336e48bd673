import { z } from 'zod';

/** A setting that cannot work. The message is one sentence for the person who starts the shop. */
export class EnvError extends Error {
  override readonly name = 'EnvError';
}

const port = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback);
const onOff = (fallback: 'on' | 'off') =>
  z
    .enum(['on', 'off'])
    .default(fallback)
    .transform((value) => value === 'on');
const count = (fallback: number) => z.coerce.number().int().min(1).max(1_000_000).default(fallback);

const schema = z.object({
  PORT: port(3000),
  DATABASE_URL: z.string().default('file:./data/payonce.db'),
  STRIPE_SECRET_KEY: z.string().min(8).default('sk_test_sandbox'),
  STRIPE_API_BASE: z.url({ protocol: /^https?$/ }).optional(),
  STRIPE_WEBHOOK_SECRET: z.string().min(8).default('whsec_sandbox'),
  TAX_URL: z.url({ protocol: /^https?$/ }).optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  SANDBOX_PORT: port(12_111),
  SANDBOX_SMTP_PORT: port(12_125),
  /** Crash bound of a key; work itself may take longer, because a living run renews its lease. */
  IDEMPOTENCY_LEASE_MS: z.coerce.number().int().min(300).max(600_000).default(30_000),
  /** 0: a duplicate of a running request is told to come back. More: it waits so long for the same answer. */
  IDEMPOTENCY_WAIT_MS: z.coerce.number().int().min(0).max(30_000).default(0),
  IDEMPOTENCY_RETENTION_HOURS: z.coerce.number().min(1).max(72).default(24),
  RATE_KEYS_PER_MINUTE: count(60),
  RATE_KEYS_PER_MINUTE_PER_ADDRESS: count(600),
  DEMO: onOff('on'),
  WORKERS: z.enum(['inline', 'off']).default('inline'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  METRICS_TOKEN: z.string().min(16).optional(),
  SECRET: z.string().optional(),
  NODE_ENV: z.string().default('development'),
});

export type Env = ReturnType<typeof readEnv>;

/** Reads and checks all settings; throws EnvError naming the first that is wrong. */
export function readEnv(source: Readonly<Record<string, string | undefined>> = process.env) {
  // An empty value is how a shell says "not set".
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new EnvError(`${issue?.path.join('.')} cannot be used: ${issue?.message}.`);
  }
  const env = parsed.data;
  const sandbox = `http://127.0.0.1:${env.SANDBOX_PORT}`;
  if (env.DEMO && /^(sk|rk)_live_/.test(env.STRIPE_SECRET_KEY)) {
    throw new EnvError('STRIPE_SECRET_KEY is a live key; set DEMO=off, because the demo charges cards on purpose.');
  }
  const secrets = env.SECRET?.split(',').map((secret) => secret.trim());
  if (secrets?.some((secret) => secret.length < SECRET_LENGTH_MIN)) {
    throw new EnvError(`SECRET needs at least ${SECRET_LENGTH_MIN} characters, and the same for each one it rotates.`);
  }
  return {
    port: env.PORT,
    databaseFile: databaseFile(env.DATABASE_URL),
    stripe: { secretKey: env.STRIPE_SECRET_KEY, apiBase: env.STRIPE_API_BASE ?? sandbox },
    webhookSecret: env.STRIPE_WEBHOOK_SECRET,
    taxUrl: env.TAX_URL ?? `${sandbox}/tax/quote`,
    /** Null when mail goes to a server of its own, whose mailboxes nobody may ask. */
    mailboxUrl: env.SMTP_URL ? null : `${sandbox}/mailbox`,
    smtpUrl: env.SMTP_URL ?? `smtp://127.0.0.1:${env.SANDBOX_SMTP_PORT}`,
    leaseMs: env.IDEMPOTENCY_LEASE_MS,
    waitMs: env.IDEMPOTENCY_WAIT_MS,
    retentionMs: env.IDEMPOTENCY_RETENTION_HOURS * 60 * 60 * 1000,
    keysPerMinute: env.RATE_KEYS_PER_MINUTE,
    keysPerMinutePerAddress: env.RATE_KEYS_PER_MINUTE_PER_ADDRESS,
    isDemo: env.DEMO,
    workers: env.WORKERS,
    logLevel: env.LOG_LEVEL,
    /** Undefined: /api/metrics is for this machine alone. */
    metricsToken: env.METRICS_TOKEN,
    /** The first signs, all verify. Undefined: one is kept beside the database. */
    secrets,
    isProduction: env.NODE_ENV === 'production',
  };
}

/** Bytes of a SECRET: 128 bits as hexadecimal digits. */
const SECRET_LENGTH_MIN = 32;

function databaseFile(url: string): string {
  if (/^postgres(ql)?:/.test(url)) {
    throw new EnvError('DATABASE_URL names a PostgreSQL database, which this version cannot use; set file:./path.db.');
  }
  if (!url.startsWith('file:')) throw new EnvError('DATABASE_URL cannot be used: it must start with file:.');
  const file = url.slice('file:'.length);
  // SQLite takes no name for a database that is deleted when it is closed.
  if (file === '')
    throw new EnvError('DATABASE_URL cannot be used: file: needs a path, such as file:./data/payonce.db.');
  return file;
}
