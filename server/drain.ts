/**
 * How long what is under way may take to end when the process is told to. Longer than a call to the provider may take
 * (8 s), so that a payment comes to its end, and under the 10 s after which a supervisor kills.
 */
export const DRAIN_MS = 9_500;

/** Resolves when the work has ended, however it ended, or when the time is over. */
export async function endedWithin(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work.catch(() => undefined), limit]);
  clearTimeout(timer);
}

/** Calls it once, for the first signal that asks a process to end; a second one changes nothing. */
export function onceAskedToEnd(end: () => Promise<void>): void {
  let isEnding = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (isEnding) return;
      isEnding = true;
      end().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}
