import { readdirSync, readFileSync } from 'node:fs';

/** User and system time of all threads of these processes; undefined where the system does not keep it as Linux does. */
export function cpuTimeMs(pids: readonly (number | undefined)[]): number | undefined {
  try {
    return pids.reduce<number>((sum, pid) => sum + nanosecondsOf(pid ?? Number.NaN) / 1e6, 0);
  } catch {
    return undefined;
  }
}

function nanosecondsOf(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  return threads.reduce(
    (sum, thread) => sum + Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]),
    0,
  );
}
