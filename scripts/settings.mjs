import { randomBytes } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PlainFailure } from './plain-failure.mjs';
import { root } from './root.mjs';

/**
 * The events that the shop does something about: each tells of a payment that may wait for it. One about nothing would
 * be signed, sent and stored all the same, and Stripe advises against asking for it (docs.stripe.com/webhooks).
 */
const webhookEvents = [
  'payment_intent.succeeded',
  'payment_intent.payment_failed',
  'payment_intent.requires_action',
  'payment_intent.canceled',
];

/** Where the shop and the outside world run and keep their files, and the environment both are given. */
export function readSettings(environment = process.env) {
  const ports = {
    PORT: portFrom(environment, 'PORT', 3000),
    SANDBOX_PORT: portFrom(environment, 'SANDBOX_PORT', 12111),
    SANDBOX_SMTP_PORT: portFrom(environment, 'SANDBOX_SMTP_PORT', 12125),
  };
  const databaseUrl = environment.DATABASE_URL || 'file:./data/payonce.db';
  const databaseFile = fileOf(databaseUrl);
  const dataFolder = databaseFile ? dirname(databaseFile) : resolve(root, 'data');
  const sandboxFile = environment.SANDBOX_FILE
    ? resolve(root, environment.SANDBOX_FILE)
    : join(dataFolder, 'sandbox.db');
  return {
    ports,
    dataFolder,
    databaseFile,
    sandboxFile,
    shopUrl: `http://localhost:${ports.PORT}`,
    environment: {
      // Shared by the two processes of one start and by nobody else, so that no webhook secret is ever published.
      STRIPE_WEBHOOK_SECRET: `whsec_${randomBytes(24).toString('hex')}`,
      ...environment,
      ...Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, String(port)])),
      DATABASE_URL: databaseUrl,
      WEBHOOK_URL: environment.WEBHOOK_URL || `http://127.0.0.1:${ports.PORT}/api/webhooks/payments`,
      WEBHOOK_EVENTS: environment.WEBHOOK_EVENTS || webhookEvents.join(','),
      SANDBOX_FILE: sandboxFile,
      NEXT_TELEMETRY_DISABLED: '1',
    },
  };
}

function portFrom(environment, name, fallback) {
  const value = environment[name];
  if (value === undefined || value === '') return fallback;
  if (/^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= 65535) return Number(value);
  throw new PlainFailure(`${name} is "${value}", which is no port: use a number from 1 to 65535.`);
}

/** `file:./data/payonce.db` is relative to the repository, `file:/var/…` and `file:///var/…` are not. */
function fileOf(url) {
  if (!url.startsWith('file:')) return undefined;
  return url.startsWith('file://') ? fileURLToPath(url) : resolve(root, url.slice('file:'.length));
}
