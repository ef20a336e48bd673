import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Durability } from '@payonce/trpc-idempotency';
import type { Tx } from '#db/open.ts';
import type { Clock } from '#server/clock.ts';
import type { Shop } from '#server/shop.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { type RunningShop, startShop } from './running-shop.ts';

/** The database and its log, as they are on a disk for certain. */
export interface Disk {
  readonly database: Buffer;
  readonly log: Buffer;
}

/** A shop on a machine of its own. The outside world is elsewhere, and so is the secret. */
export interface Machine extends AsyncDisposable {
  readonly shop: RunningShop;
  /**
   * From this turn on it reaches nobody, and nothing that it writes is kept. Resolves to what is on its disk at the
   * worst: all up to the last commit that waited for the disk, and nothing after it.
   */
  cutPower(): Promise<Disk>;
}

const SETTINGS = {
  // Nobody carries a payment on but the customer who comes back.
  WORKERS: 'off',
  SECRET: 'a secret that is not on the disk of the machine',
};

export async function switchOn(
  { sandbox, clock }: { readonly sandbox: Sandbox; readonly clock: Clock },
  found?: Disk,
): Promise<Machine> {
  const folder = mkdtempSync(join(tmpdir(), 'payonce-machine-'));
  const file = join(folder, 'payonce.db');
  // Without the -shm beside them, which is memory: what opens them reads the log as after any crash.
  if (found) {
    writeFileSync(file, found.database);
    writeFileSync(`${file}-wal`, found.log);
  }
  const read = () => ({ database: readFileSync(file), log: readFileSync(`${file}-wal`) });

  const line = await lineTo(sandbox.port);
  let disk: Disk | undefined;
  let hasPower = true;
  const shop = await startShop(
    { ...SETTINGS, DATABASE_URL: `file:${file}`, SANDBOX_PORT: String(line.port) },
    {
      clock,
      sandbox,
      onOpened(opened) {
        disk = read();
        afterDurableCommits(opened, () => {
          if (hasPower) disk = read();
        });
      },
    },
  );

  let ended: Promise<void> | undefined;
  async function end(): Promise<void> {
    hasPower = false;
    line.cut();
    await shop[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  }
  function endOnce(): Promise<void> {
    ended ??= end();
    return ended;
  }

  return {
    shop,
    async cutPower() {
      await endOnce();
      if (!disk) throw new Error('a shop that runs has opened its database');
      return disk;
    },
    [Symbol.asyncDispose]: endOnce,
  };
}

/**
 * Calls back in the turn of each commit that waited for the disk, and so before another can be made. Deferred jobs that
 * shared it are in it. Where its durable jobs all failed nobody says so, and less is kept than would be: that is worse.
 */
function afterDurableCommits({ database }: Shop, onDurable: () => void): void {
  const write = database.write.bind(database);
  database.write = <T>(job: (tx: Tx) => Promise<T>, durability?: Durability) => {
    const writing = write(job, durability);
    if (durability !== 'deferred') writing.then(onDurable, () => undefined);
    return writing;
  };
}

/** A machine's way to the outside world. Once it is cut nothing goes either way, whoever still tries. */
async function lineTo(port: number) {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      // Either end that goes takes the other one with it, and there is nothing to say about it.
      from
        .on('error', () => undefined)
        .on('close', () => {
          sockets.delete(from);
          to.destroy();
        });
      from.pipe(to);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
