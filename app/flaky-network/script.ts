import { isTrouble, letsThrough, MISHAPS_MAX, type Mishap, mishapOf, TROUBLES, type Trouble } from './trouble.ts';

/** How often each trouble happens, as a whole percentage of the tries. What is not named never happens. */
export type Chances = Readonly<Partial<Record<Trouble, number>>>;

export interface Plan {
  /** `chance`: the seed draws what happens. `script`: it is written down, try by try. */
  readonly by: 'chance' | 'script';
  readonly chances: Chances;
  readonly script: readonly Trouble[];
  /** Also draws how late, how long and how soon. */
  readonly seed: number;
}

/**
 * What happens to the first tries of a payment; the ones after them arrive. Pure: the same plan always gives the same
 * run, with and without protection, here and on the machine that the link was shared with.
 */
export function scriptOf({ by, chances, script, seed }: Plan): readonly Mishap[] {
  const random = mulberry32(seed);
  const mishaps: Mishap[] = [];
  for (let index = 0; index < MISHAPS_MAX; index += 1) {
    // Two draws for each try, used or not, so that a change of one trouble leaves the rest of the run as it was.
    const [which, howBad] = [random(), random()];
    const kind = by === 'script' ? script[index] : drawnFrom(chances, which);
    if (kind === undefined) break;
    mishaps.push(mishapOf(kind, howBad));
    if (letsThrough(kind)) break;
  }
  return mishaps;
}

/** Chances that add up to more than a hundred share it: then every try meets something. */
function drawnFrom(chances: Chances, drawn: number): Trouble | undefined {
  const total = TROUBLES.reduce((sum, trouble) => sum + (chances[trouble] ?? 0), 0);
  let left = drawn * Math.max(total, 100);
  for (const trouble of TROUBLES) {
    left -= chances[trouble] ?? 0;
    if (left < 0) return trouble;
  }
  return undefined;
}

/** As somebody may have written it: what is no trouble is left out, and what is too much is cut off. */
export function troublesIn(names: readonly unknown[]): readonly Trouble[] {
  return names.filter(isTrouble).slice(0, MISHAPS_MAX);
}

/** Tommy Ettinger's 32-bit generator: four lines, one word of state, even enough to draw from a short list. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
