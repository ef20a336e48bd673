import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { freePorts, isHealthy, type Payonce, startPayonce } from '../test/payonce.ts';
import { Customer } from '../test/shop/customer.ts';
import { expect, test as shared } from './fixtures.ts';

interface WithWorker {
  readonly payonce: Payonce;
  /** Starts what `npm run worker` starts, beside the shop. */
  readonly startWorker: () => Promise<ChildProcess>;
}

/** A shop that only answers, and as many workers as a test starts. */
const test = shared.extend<WithWorker & { settings: Record<string, string> }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs
  settings: async ({}, use) => {
    const [smtpPort] = await freePorts(1);
    await use({ WORKERS: 'off', IDEMPOTENCY_LEASE_MS: '1000', SANDBOX_SMTP_PORT: String(smtpPort) });
  },
  payonce: async ({ settings }, use) => {
    const payonce = await startPayonce(settings);
    await use(payonce);
    await payonce.stop();
  },
  startWorker: async ({ payonce, settings }, use) => {
    const started: ChildProcess[] = [];
    await use(async () => {
      const worker = spawn(process.execPath, ['scripts/worker.mjs'], {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: {
          ...process.env,
          ...settings,
          DATABASE_URL: `file:${payonce.databaseFile}`,
          SANDBOX_PORT: new URL(payonce.sandboxUrl).port,
          LOG_LEVEL: 'warn',
        },
      });
      started.push(worker);
      let said = '';
      worker.stdout.on('data', (chunk) => {
        said += chunk;
      });
      await expect.poll(() => said, { timeout: 60_000 }).toContain('worker ready');
      return worker;
    });
    for (const worker of started) await ended(worker);
  },
});

async function ended(worker: ChildProcess): Promise<number | null> {
  if (worker.exitCode === null && worker.signalCode === null) {
    const exit = once(worker, 'exit');
    worker.kill('SIGTERM');
    await exit;
  }
  return worker.exitCode;
}

test('a payment whose shop was killed is finished by npm run worker: one charge, one order, one email', async ({
  payonce,
  database,
  provider,
  sandbox,
  startWorker,
}) => {
  const customer = new Customer({ url: payonce.shopUrl });
  const cartId = await customer.fillCart();
  await sandbox.fault({ operation: 'payment_intents.confirm', fault: 'delay_answer', delayMs: 20_000 });
  const lost = customer.pay(randomUUID(), { cartId }).catch(() => 'lost');
  await expect.poll(() => provider.charges(cartId)).toHaveLength(1);
  process.kill(payonce.pidOf('server') ?? 0, 'SIGKILL');
  expect(await lost).toBe('lost');
  await expect.poll(() => isHealthy(payonce.shopUrl), { intervals: [50] }).toBe(true);
  expect(database.orders(cartId)).toEqual([]);

  const worker = await startWorker();
  await expect.poll(() => database.orders(cartId), { timeout: 40_000 }).toHaveLength(1);
  await expect.poll(async () => (await provider.mails('guest@example.com')).length).toBe(1);
  expect(await provider.charges(cartId)).toHaveLength(1);
  expect(await ended(worker)).toBe(0);
});
