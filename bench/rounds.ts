/** One thing that is measured: what must be ready first is made outside the clock. */
export interface Contestant<Ready> {
  readonly name: string;
  prepare(): Promise<Ready>;
  run(ready: Ready): Promise<void>;
}

export interface Result {
  readonly name: string;
  /** Median over the rounds of each round's median. */
  readonly medianMs: number;
  /** Median over the rounds of this one's median by that of the first contestant in the same round. */
  readonly ratio: number;
}

interface Rounds {
  readonly rounds: number;
  readonly runsPerRound: number;
}

/**
 * Runs the contestants by turns, many short rounds and not one long one each: whatever else the machine does then falls
 * on all of them alike. The first round warms up and is not counted. Ratios are taken within a round.
 */
export async function compare<Ready>(
  contestants: readonly Contestant<Ready>[],
  { rounds, runsPerRound }: Rounds,
): Promise<Result[]> {
  const medians: number[][] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const inRound = [];
    for (const contestant of contestants) inRound.push(await medianOf(contestant, runsPerRound));
    if (round > 0) medians.push(inRound);
  }
  return contestants.map(({ name }, index) => ({
    name,
    medianMs: median(medians.map((inRound) => inRound[index] ?? Number.NaN)),
    ratio: median(medians.map((inRound) => (inRound[index] ?? Number.NaN) / (inRound[0] ?? Number.NaN))),
  }));
}

async function medianOf<Ready>({ prepare, run }: Contestant<Ready>, runs: number): Promise<number> {
  const ready: Ready[] = [];
  for (let made = 0; made < runs; made += 1) ready.push(await prepare());
  const tookMs: number[] = [];
  for (const each of ready) {
    const startedAt = performance.now();
    await run(each);
    tookMs.push(performance.now() - startedAt);
  }
  return median(tookMs);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
