import { retry } from '@payonce/retry';
import type { LabSettings, RunSettings } from '../settings.ts';
import { coalesced } from './coalesced.ts';
import type { Meter } from './meter.ts';
import type { ModelServer } from './model-server.ts';
import { seededRandom } from './seeded-random.ts';
import { partsOf } from './strategies.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** The limits of the shop's own retry link. */
const PER_TRY_TIMEOUT_MS = 5_000;
const TOTAL_DEADLINE_MS = 60_000;

/** Over how long staggered copies expire. */
const STAGGER_MS = 10_000;

interface World {
  readonly clock: VirtualClock;
  readonly meter: Meter;
  readonly server: ModelServer;
  /** When all ask at once, where they do. */
  readonly instantMs: number;
  readonly endMs: number;
}

/** Sets all clients going. Each makes its calls with the `retry` that the shop itself uses. */
export function startClients(settings: LabSettings, run: RunSettings, world: World): void {
  const { clock, meter, instantMs, endMs } = world;
  const thinkMs = settings.thinkS * 1_000;
  const newParts = (random: () => number) => partsOf(run.strategy, { now: clock.now, random });
  const shared = newParts(seededRandom(settings.seed, 2 * settings.clients));
  const ask = run.isCoalesced && settings.arrivals === 'together' ? coalesced(world.server) : world.server;
  const until = (atMs: number) => new Promise<void>((resolve) => clock.at(atMs, resolve));

  async function call(parts: ReturnType<typeof newParts>, random: () => number): Promise<void> {
    meter.count('began');
    const result = await retry(({ signal }) => ask.handle(signal), {
      ...parts,
      attempts: settings.tries,
      perTryTimeoutMs: PER_TRY_TIMEOUT_MS,
      totalDeadlineMs: TOTAL_DEADLINE_MS,
      now: clock.now,
      sleep: clock.sleep,
      random,
    });
    meter.count(result.kind === 'ok' ? 'answered' : 'lost');
  }

  async function live(client: number): Promise<void> {
    const random = seededRandom(settings.seed, client);
    // What the guards and the waits draw must not move when this client calls, or runs could not be compared.
    const drawWait = seededRandom(settings.seed, settings.clients + client);
    const parts = settings.guards === 'shared' ? shared : newParts(drawWait);
    const place = random();
    if (settings.arrivals === 'together') {
      await until(instantMs + (run.isStaggered ? place * STAGGER_MS : 0));
      return call(parts, drawWait);
    }
    await until(place * thinkMs);
    while (clock.now() < endMs) {
      await call(parts, drawWait);
      await until(clock.now() + thinkMs * (0.5 + random()));
    }
  }

  for (let client = 0; client < settings.clients; client += 1) void live(client);
}
