/** One thing that is measured: what must be ready first is made outside the clock. */
export interface Contestant<Ready = unknown> {
  readonly name: string;
  prepare(): Promise<Ready>;
  run(ready: Ready): Promise<unknown>;
  /** Resolves when nothing that the runs left behind is still being worked on, so that no other pays for it. */
  settle?(): Promise<void>;
  /** CPU time that the processes which do the work have used so far; undefined where the system does not say. */
  cpuMs?(): number | undefined;
}

export interface Rounds {
  readonly rounds: number;
  readonly runsPerRound: number;
  /** Runs that are under way at a time. */
  readonly clients: number;
}

/** What one contestant took, round by round, in the order of the rounds. */
export interface Measured {
  readonly name: string;
  readonly msPerRun: readonly number[];
  /** Until the last answer, without what was left behind then. */
  readonly msPerAnswer: readonly number[];
  /** Over all rounds together; undefined where the system does not say. */
  readonly cpuMsPerRun: number | undefined;
}

/**
 * Runs the contestants by turns, many short rounds and not one long one each: whatever else the machine does then falls
 * on all of them alike. Every other round goes backwards, so that nobody always comes after the same one. The first
 * round warms up and is not counted.
 */
export async function compare<Ready>(
  contestants: readonly Contestant<Ready>[],
  { rounds, ...terms }: Rounds,
): Promise<Measured[]> {
  const ms = contestants.map((): number[] => []);
  const answersMs = contestants.map((): number[] => []);
  const cpuMs = contestants.map((): (number | undefined)[] => []);
  for (let round = 0; round <= rounds; round += 1) {
    const turns = [...contestants.entries()];
    for (const [index, contestant] of round % 2 === 0 ? turns : turns.toReversed()) {
      const took = await oneTurn(contestant, terms);
      if (round === 0) continue;
      ms[index]?.push(took.msPerRun);
      answersMs[index]?.push(took.msPerAnswer);
      cpuMs[index]?.push(took.cpuMsPerRun);
    }
  }
  return contestants.map(({ name }, index) => ({
    name,
    msPerRun: ms[index] ?? [],
    msPerAnswer: answersMs[index] ?? [],
    cpuMsPerRun: mean(cpuMs[index] ?? []),
  }));
}

async function oneTurn<Ready>(contestant: Contestant<Ready>, { runsPerRound, clients }: Omit<Rounds, 'rounds'>) {
  const ready: Ready[] = [];
  for (let made = 0; made < runsPerRound; made += 1) ready.push(await contestant.prepare());
  await contestant.settle?.();

  const cpuBefore = contestant.cpuMs?.();
  const tookMs: number[] = [];
  const client = async () => {
    for (let next = ready.pop(); next !== undefined; next = ready.pop()) {
      const startedAt = performance.now();
      await contestant.run(next);
      tookMs.push(performance.now() - startedAt);
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: clients }, client));
  const answeredMs = performance.now() - startedAt;
  await contestant.settle?.();
  const elapsedMs = performance.now() - startedAt;
  const cpuAfter = contestant.cpuMs?.();

  return {
    // One client waits for each answer, so the middle one speaks for all. Of many it counts how long all of it took, with
    // what they left behind: a server that is kept busy has to do that too.
    msPerRun: clients === 1 ? median(tookMs) : elapsedMs / runsPerRound,
    msPerAnswer: answeredMs / runsPerRound,
    cpuMsPerRun: cpuBefore === undefined || cpuAfter === undefined ? undefined : (cpuAfter - cpuBefore) / runsPerRound,
  };
}

export interface Ratio {
  /** Over the rounds; each ratio is taken within one. */
  readonly median: number;
  /** Half of the rounds lie between these two. */
  readonly from: number;
  readonly to: number;
}

export function ratioOf(one: readonly number[], by: readonly number[]): Ratio {
  const ratios = one.map((value, round) => value / (by[round] ?? Number.NaN)).toSorted((a, b) => a - b);
  const at = (part: number) => ratios[Math.round(part * (ratios.length - 1))] ?? Number.NaN;
  return { median: median(ratios), from: at(0.25), to: at(0.75) };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

function mean(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length;
}
