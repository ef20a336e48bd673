import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { aPayment, errorOf, stripeFor } from './testing/fresh-sandbox.ts';

const folder = mkdtempSync(join(tmpdir(), 'sandbox-process-'));
const processes: ChildProcess[] = [];
let ports: [number, number];

beforeAll(async () => {
  ports = [await freePort(), await freePort()];
});
afterEach(() => {
  for (const one of processes.splice(0)) one.kill('SIGKILL');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('killed while the bank thinks, the confirm did not happen and its key is free at the next start', async () => {
  const first = await start();
  const stripe = stripeFor(ports[0]);
  const intent = await stripe.paymentIntents.create({ ...aPayment, payment_method: 'pm_card_slowBank' });
  const confirm = () => stripe.paymentIntents.confirm(intent.id, {}, { idempotencyKey: 'k', timeout: 300 });
  await errorOf(confirm());
  expect(await errorOf(confirm())).toMatchObject({ code: 'idempotency_key_in_use' });
  first.kill('SIGKILL');
  await once(first, 'exit');

  const second = await start();
  expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('requires_confirmation');
  expect((await stripe.charges.list()).data).toEqual([]);
  expect((await errorOf(confirm())).type).toBe('StripeConnectionError');
  const other = await stripe.paymentIntents.create({ ...aPayment, confirm: true });
  expect(other.status).toBe('succeeded');

  second.kill('SIGTERM');
  expect(await once(second, 'exit')).toEqual([0, null]);
}, 20_000);

test('a taken port is one plain sentence and exit 1', async () => {
  const blocker = createServer().listen(ports[0], '127.0.0.1');
  await once(blocker, 'listening');
  const sandbox = launch();
  const [said, [code]] = await Promise.all([text(sandbox.stderr as NodeJS.ReadableStream), once(sandbox, 'exit')]);
  blocker.close();
  expect(code).toBe(1);
  expect(said.trim().split('\n')).toEqual([expect.stringContaining(`Port ${ports[0]} is taken`)]);
}, 20_000);

test('a file that cannot be written is one plain sentence and exit 1', async () => {
  const sandbox = launch({ SANDBOX_FILE: join(import.meta.filename, 'sandbox.db') });
  const [said, [code]] = await Promise.all([text(sandbox.stderr as NodeJS.ReadableStream), once(sandbox, 'exit')]);
  expect(code).toBe(1);
  expect(said.trim().split('\n')).toEqual([expect.stringContaining('set SANDBOX_FILE to a file')]);
}, 20_000);

async function start(): Promise<ChildProcess> {
  const sandbox = launch();
  sandbox.stdout?.setEncoding('utf8');
  const [line] = await once(sandbox.stdout as NodeJS.ReadableStream, 'data');
  expect(line).toBe('sandbox ready\n');
  return sandbox;
}

function launch(environment: Record<string, string> = {}): ChildProcess {
  const [SANDBOX_PORT, SANDBOX_SMTP_PORT] = ports.map(String);
  const sandbox = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'main.ts')], {
    env: {
      NODE_ENV: 'test',
      SANDBOX_PORT,
      SANDBOX_SMTP_PORT,
      SANDBOX_FILE: join(folder, 'sandbox.db'),
      ...environment,
    },
  });
  processes.push(sandbox);
  return sandbox;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
