/** What a backoff may look at. It reads no clock and draws only from `random`, so the same draws give the same waits. */
export interface BackoffStep {
  /** Which retry the wait is for: 1 before the second call, 2 before the third. */
  readonly retry: number;
  /** The wait before the last call in milliseconds; undefined before the first retry. */
  readonly previousMs: number | undefined;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

/** Milliseconds to wait before a retry. */
export type Backoff = (step: BackoffStep) => number;

export interface Growth {
  /** The bound of the first wait in milliseconds; it doubles with each retry. */
  readonly baseMs: number;
  /** No wait is longer than this, however many retries came before. */
  readonly capMs: number;
}

/** No wait at all. For comparison in a lab: every client that failed together comes back together, at once. */
export const immediate = (): Backoff => () => 0;

/** The same wait each time. For comparison: the load on a server that is down never falls. */
export function fixed({ delayMs }: { readonly delayMs: number }): Backoff {
  assertDuration('fixed: delayMs', delayMs);
  return () => delayMs;
}

/** `min(cap, base * 2^n)`. Clients that failed in the same moment come back in the same moment: use `fullJitter`. */
export function exponential(growth: Growth): Backoff {
  assertGrowth('exponential', growth);
  return ({ retry }) => boundOf(growth, retry);
}

/**
 * `random(0, min(cap, base * 2^n))`: the whole wait is drawn, not a part of it. A floor under the draw would put the
 * clients back in step, which is what jitter is there to prevent.
 * Source: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function fullJitter(growth: Growth): Backoff {
  assertGrowth('fullJitter', growth);
  return ({ retry, random }) => random() * boundOf(growth, retry);
}

/** `min(cap, random(base, previous * 3))`: spreads as full jitter does, but never below `base`. Same source. */
export function decorrelated(growth: Growth): Backoff {
  assertGrowth('decorrelated', growth);
  const { baseMs, capMs } = growth;
  return ({ previousMs, random }) => {
    const upperMs = Math.max(baseMs, (previousMs ?? baseMs) * 3);
    return Math.min(capMs, baseMs + random() * (upperMs - baseMs));
  };
}

// 2^n grows out of the range of numbers after 1,023 retries; the cap holds long before.
function boundOf({ baseMs, capMs }: Growth, retry: number): number {
  return Math.min(capMs, baseMs * 2 ** (retry - 1));
}

function assertGrowth(name: string, { baseMs, capMs }: Growth): void {
  assertDuration(`${name}: baseMs`, baseMs);
  assertDuration(`${name}: capMs`, capMs);
  if (capMs < baseMs) throw new RangeError(`${name}: capMs (${capMs}) must not be below baseMs (${baseMs})`);
}

function assertDuration(name: string, value: number): void {
  if (!Number.isFinite(value) || value <= 0) throw new RangeError(`${name} must be a number above 0, got ${value}`);
}
