import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { freePorts, isHealthy, type PayonceAddress } from '../test/payonce.ts';

/** Another server of the same shop, with a database of its own and the outside world of the one it stands beside. */
export interface OtherServer extends AsyncDisposable {
  readonly url: string;
  readonly pid: number | undefined;
  readonly databaseFile: string;
}

/** Our server, which answers tRPC itself and hands pages to Next. */
export function startOurs(beside: PayonceAddress): Promise<OtherServer> {
  return startOnPort(['dist/server.js'], beside);
}

/** `next start`, which answers tRPC through the App Router's binding. */
export function startNext(beside: PayonceAddress): Promise<OtherServer> {
  return startOnPort(['node_modules/next/dist/bin/next', 'start'], beside);
}

async function startOnPort(args: readonly string[], beside: PayonceAddress): Promise<OtherServer> {
  const [port = 0] = await freePorts(1);
  const { child, server } = start(args, beside, { PORT: String(port) });
  const url = `http://127.0.0.1:${port}`;
  while (child.exitCode === null && !(await isHealthy(url))) await wait(50);
  if (child.exitCode !== null) throw new Error(`${args.join(' ')} ended with ${child.exitCode}`);
  return { ...server, url };
}

/** The shop with what only a bench needs; see shop-with-no-op.ts. */
export async function startShopWithNoOp(beside: PayonceAddress): Promise<OtherServer> {
  const { child, server } = start(['dist/bench-shop.js'], beside, {});
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the shop of the bench ended with ${code}`);
  });
  ended.catch(() => {});
  const [line] = (await Promise.race([once(child.stdout ?? child, 'data'), ended])) as [Buffer];
  return { ...server, url: line.toString().trim() };
}

function start(args: readonly string[], beside: PayonceAddress, settings: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), 'payonce-bench-'));
  const databaseFile = join(folder, 'payonce.db');
  // It ends with the process that started it, even when that one is killed.
  const leash = pathToFileURL('scripts/supervisor/leash.mjs').href;
  const child: ChildProcess = spawn(process.execPath, ['--import', leash, ...args], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: {
      ...process.env,
      ...{ NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', LOG_LEVEL: 'warn' },
      ...{ RATE_KEYS_PER_MINUTE: '100000', RATE_KEYS_PER_MINUTE_PER_ADDRESS: '100000' },
      DATABASE_URL: `file:${databaseFile}`,
      SANDBOX_PORT: new URL(beside.sandboxUrl).port,
      ...settings,
    },
  });
  const server = {
    databaseFile,
    pid: child.pid,
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null) {
        child.kill('SIGTERM');
        await once(child, 'exit');
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return { child, server };
}
