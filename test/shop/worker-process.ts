import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { RunningShop } from './running-shop.ts';

/** What `npm run worker` runs, on the shop's database and with the shop's outside world. Resolves when it is ready. */
export async function startWorker(shop: RunningShop, settings: Record<string, string> = {}): Promise<ChildProcess> {
  const [main] = shop.rows<{ file: string }>('pragma database_list');
  const worker = spawn(process.execPath, ['--import', 'tsx', 'server/workers/main.ts'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      DATABASE_URL: `file:${main?.file}`,
      SANDBOX_PORT: new URL(shop.sandboxUrl).port,
      SANDBOX_SMTP_PORT: String(shop.smtpPort),
      LOG_LEVEL: 'silent',
      ...settings,
    },
  });
  for await (const line of createInterface({ input: worker.stdout })) {
    if (line.startsWith('worker ready')) break;
  }
  return worker;
}

/** Sends the signal, unless it has ended already; resolves to its exit code, null when a signal ended it. */
export async function ended(worker: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (worker.exitCode !== null || worker.signalCode !== null) return worker.exitCode;
  const exit = once(worker, 'exit');
  worker.kill(signal);
  const [code] = (await exit) as [number | null];
  return code;
}
