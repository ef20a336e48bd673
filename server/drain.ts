/**
 * How long what is under way may take to end when the process is told to. Longer than a call to the provider may take
 * (8 s), so that a payment comes to its end.
 */
export const DRAIN_MS = 8_800;

/**
 * And how long all of it may take, under the 10 s after which `docker stop` kills; our own supervisor waits 12 s. What
 * comes after the drain (keys are given back, the lead is left, the log is written) is best effort, and a file that
 * another process has locked would hold each of those up.
 */
const END_MS = 9_500;

/** Resolves when the work has ended, however it ended, or when the time is over. */
export async function endedWithin(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work.catch(() => undefined), limit]);
  clearTimeout(timer);
}

/**
 * Calls it once, for the first signal that asks a process to end; a second one changes nothing. The process ends with
 * it, and in any case when the time is over.
 */
export function onceAskedToEnd(end: () => Promise<void>): void {
  let isEnding = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (isEnding) return;
      isEnding = true;
      setTimeout(() => process.exit(1), END_MS);
      end().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}
