import type { LabSettings, RunSettings } from '../settings.ts';
import { startClients } from './clients.ts';
import { createMeter, type Windows } from './meter.ts';
import { createModelServer, type Outage } from './model-server.ts';
import { createVirtualClock } from './virtual-clock.ts';

/** When what happens, in milliseconds of virtual time; the same for both runs of a comparison. */
export interface Course {
  readonly outageFromMs: number;
  readonly outageToMs: number;
  readonly endMs: number;
}

/** Long enough to see what is normal, and to see whether it comes back. */
const STEADY = { beforeMs: 10_000, afterMs: 60_000 };
const TOGETHER = { beforeMs: 2_000, afterMs: 30_000 };

export function courseOf({ arrivals, outageS }: LabSettings): Course {
  const { beforeMs, afterMs } = arrivals === 'steady' ? STEADY : TOGETHER;
  const outageToMs = beforeMs + outageS * 1_000;
  return { outageFromMs: beforeMs, outageToMs, endMs: outageToMs + afterMs };
}

/** Runs one strategy. Pure: the same settings give the same windows, on every machine. */
export async function runLab(settings: LabSettings, run: RunSettings): Promise<Windows> {
  const course = courseOf(settings);
  const clock = createVirtualClock();
  const meter = createMeter({ endMs: course.endMs, now: clock.now });
  const { capacityPerS } = settings;
  const server = createModelServer({ clock, meter, capacityPerS, outage: outageOf(settings, course) });
  startClients(settings, run, { clock, meter, server, instantMs: course.outageFromMs, endMs: course.endMs });
  await clock.runUntil(course.endMs);
  return meter.windows();
}

function outageOf({ outageS, outageKind }: LabSettings, { outageFromMs, outageToMs }: Course): Outage {
  if (outageS === 0) return { kind: outageKind, fromMs: Number.POSITIVE_INFINITY, toMs: Number.POSITIVE_INFINITY };
  return { kind: outageKind, fromMs: outageFromMs, toMs: outageToMs };
}
