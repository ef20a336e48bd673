import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Where a running Payonce is found. */
export interface PayonceAddress {
  readonly shopUrl: string;
  readonly sandboxUrl: string;
  readonly databaseFile: string;
}

/** One running Payonce: what `npm start` runs, on ports and data of its own. */
export interface Payonce extends PayonceAddress {
  /** The process that answers buyers (or the outside world), as the system knows it right now. */
  pidOf(name: 'server' | 'sandbox'): number | undefined;
  /** Ends the way Ctrl-C does; resolves to the exit code once everything is gone. */
  stop(): Promise<number | null>;
  /** What it said until it was ready. */
  readonly output: string;
}

/** From a built tree this takes a second or two; on a fresh clone the build is part of it. */
const readyMs = 120_000;

// The supervisor ends with the process that started it, even when that one is killed.
const leash = pathToFileURL('scripts/supervisor/leash.mjs').href;

export async function startPayonce(settings: Readonly<Record<string, string>> = {}): Promise<Payonce> {
  const folder = mkdtempSync(join(tmpdir(), 'payonce-'));
  const [port, sandboxPort, smtpPort] = await freePorts(3);
  const databaseFile = join(folder, 'payonce.db');
  const child = spawn(process.execPath, ['--import', leash, 'scripts/start.mjs'], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      ...process.env,
      PORT: String(port),
      SANDBOX_PORT: String(sandboxPort),
      SANDBOX_SMTP_PORT: String(smtpPort),
      DATABASE_URL: `file:${databaseFile}`,
      LOG_LEVEL: 'warn',
      // A test run is one address with more buyers than a street has.
      RATE_KEYS_PER_MINUTE: '10000',
      RATE_KEYS_PER_MINUTE_PER_ADDRESS: '10000',
      ...settings,
    },
  });
  let isStopping = false;
  const exitCode = new Promise<number | null>((resolve) => {
    child.once('exit', (code, signal) => {
      if (!isStopping) console.error(`Payonce ended while it was needed (${signal ?? `exit code ${code}`}).`);
      resolve(code);
    });
  });
  const output = await untilReady(child);
  return {
    output,
    shopUrl: `http://localhost:${port}`,
    sandboxUrl: `http://127.0.0.1:${sandboxPort}`,
    databaseFile,
    pidOf: (name) => childrenOf(child.pid ?? 0).find(({ command }) => command.includes(`dist/${name}.js`))?.pid,
    async stop() {
      isStopping = true;
      child.kill('SIGTERM');
      const code = await exitCode;
      rmSync(folder, { recursive: true, force: true });
      return code;
    },
  };
}

async function untilReady(child: ChildProcess): Promise<string> {
  let output = '';
  const ready = new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk;
      process.stdout.write(chunk);
      if (output.includes('Payonce is ready')) resolve();
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => reject(new Error(`start.mjs ended with ${code} before it was ready:\n${output}`)));
    setTimeout(() => reject(new Error(`not ready after ${readyMs / 1000} s:\n${output}`)), readyMs).unref();
  });
  await ready;
  return output;
}

/** Ports that were free a moment ago; held open together, so that they differ. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}

function childrenOf(parent: number): { pid: number; command: string }[] {
  const processes = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' });
  return processes.split('\n').flatMap((line) => {
    const [, pid, ppid, command = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return Number(ppid) === parent ? [{ pid: Number(pid), command }] : [];
  });
}

/** Whether the shop takes payments right now. False while nobody listens. */
export async function isHealthy(shopUrl: string): Promise<boolean> {
  try {
    return (await fetch(`${shopUrl}/api/health`)).ok;
  } catch {
    return false;
  }
}
