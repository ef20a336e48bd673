import type { Mishap, Trouble } from './trouble.ts';

/** A payment has at most three; of a few payments ago nobody asks any more. */
const KEPT_MAX = 30;

/** What the flaky network did and when, for whoever draws it. */
export function createMishapLog(now: () => number) {
  const kept: { readonly at: number; readonly kind: Trouble }[] = [];
  return {
    note({ kind }: Mishap) {
      kept.push({ at: now(), kind });
      if (kept.length > KEPT_MAX) kept.shift();
    },
    /** What happened to the try that was under way from one moment to the other; null when nothing did. */
    between: (from: number, to: number): Trouble | null => kept.find(({ at }) => at >= from && at <= to)?.kind ?? null,
  };
}
