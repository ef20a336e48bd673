import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { freePorts, isHealthy, startPayonce } from '../test/payonce.ts';

test('a second start with nothing changed installs nothing, builds nothing and says one line', async () => {
  await (await startPayonce()).stop();
  const payonce = await startPayonce();
  await payonce.stop();
  expect(payonce.output).toBe(`Payonce is ready: ${payonce.shopUrl}\n`);
});

test('stopping it stops everything it started', async () => {
  const payonce = await startPayonce();
  const pids = [payonce.pidOf('server'), payonce.pidOf('sandbox')];
  expect(pids.every((pid) => pid !== undefined && isAlive(pid))).toBe(true);
  expect(await payonce.stop()).toBe(0);
  expect(pids.filter((pid) => pid !== undefined && isAlive(pid))).toEqual([]);
});

test('a killed shop is back by itself, and the sandbox never noticed', async () => {
  const payonce = await startPayonce();
  try {
    const [shopPid, sandboxPid] = [payonce.pidOf('server'), payonce.pidOf('sandbox')];
    process.kill(shopPid ?? 0, 'SIGKILL');
    // The very next successful answer comes from the new process: the old one is dead at once.
    await expect.poll(() => isHealthy(payonce.shopUrl), { intervals: [50], timeout: 20_000 }).toBe(true);
    expect(payonce.pidOf('server')).not.toBe(shopPid);
    expect(payonce.pidOf('sandbox')).toBe(sandboxPid);
  } finally {
    await payonce.stop();
  }
});

test('demo:reset puts a running shop back to new', async () => {
  const payonce = await startPayonce();
  try {
    const before = payonce.pidOf('server');
    const reset = run('demo-reset.mjs', { DATABASE_URL: `file:${payonce.databaseFile}` });
    expect(reset.status).toBe(0);
    expect(payonce.pidOf('server')).not.toBe(before);
    expect(await isHealthy(payonce.shopUrl)).toBe(true);
  } finally {
    await payonce.stop();
  }
});

test.describe('refuses in one plain sentence, exit 1, before anything is started:', () => {
  test('a taken port', async () => {
    const [port = 0] = await freePorts(1);
    const server = createServer().listen(port);
    refuses(run('start.mjs', { PORT: String(port) }), new RegExp(`^Port ${port} is taken by another program.*PORT=`));
    server.close();
  });

  test('a port that is none', () => {
    refuses(run('start.mjs', { PORT: 'http' }), /^PORT is "http", which is no port/);
  });

  test('a data folder that cannot be written', () => {
    const folder = mkdtempSync(join(tmpdir(), 'payonce-e2e-'));
    writeFileSync(join(folder, 'file'), '');
    const url = `file:${join(folder, 'file', 'payonce.db')}`;
    refuses(run('start.mjs', { DATABASE_URL: url }), /^The data folder .* cannot be written/);
    rmSync(folder, { recursive: true });
  });

  test('a Node version that is too old', () => {
    const preload = `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'18.20.4'}})`;
    refuses(run('start.mjs', {}, ['--import', preload]), /^Payonce needs Node 20\.19 or newer .* this is 18\.20\.4/);
  });
});

test('a setting that cannot work is one sentence and exit 1', async () => {
  const [port, sandboxPort, smtpPort] = await freePorts(3);
  const folder = mkdtempSync(join(tmpdir(), 'payonce-e2e-'));
  const { status, stderr } = run('start.mjs', {
    PORT: String(port),
    SANDBOX_PORT: String(sandboxPort),
    SANDBOX_SMTP_PORT: String(smtpPort),
    DATABASE_URL: `file:${join(folder, 'payonce.db')}`,
    STRIPE_SECRET_KEY: 'sk_live_0123456789',
  });
  rmSync(folder, { recursive: true });
  expect(status).toBe(1);
  expect(stderr).toContain('DEMO=off');
});

function run(script: string, settings: Record<string, string>, nodeArgs: readonly string[] = []) {
  return spawnSync(process.execPath, [...nodeArgs, `scripts/${script}`], {
    encoding: 'utf8',
    env: { ...process.env, ...settings },
    timeout: 60_000,
  });
}

function refuses({ status, stdout, stderr }: ReturnType<typeof run>, sentence: RegExp): void {
  expect(status).toBe(1);
  expect(stdout).toBe('');
  expect(stderr.trim()).toMatch(sentence);
  expect(stderr.trim().split('\n')).toHaveLength(1);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
