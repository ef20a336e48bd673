/** What can go wrong on the way, in the words the switch uses. */
export const TROUBLES = ['lose_request', 'lose_response', 'delay', 'duplicate'] as const;

export type Trouble = (typeof TROUBLES)[number];

/** What happens to one try of a payment. */
export type Mishap =
  | { readonly kind: Exclude<Trouble, 'delay'> }
  | { readonly kind: 'delay'; readonly delayMs: number };

/** The tries that can go wrong. The client makes five, so at least two are left for it to come through. */
const MISHAPS_MAX = 3;

/** Long enough to be felt, below the client's 5 s limit for one try: a delay is a delay and not a lost answer. */
const DELAY_MIN_MS = 800;
const DELAY_MAX_MS = 3_200;

/**
 * What happens to the first tries of a payment; the ones after them arrive. Pure: the same seed and the same chosen
 * troubles always give the same run, with and without protection, here and on the machine the link was shared with.
 */
export function scriptOf(seed: number, chosen: readonly Trouble[]): readonly Mishap[] {
  const random = mulberry32(seed);
  const length = 1 + Math.floor(random() * MISHAPS_MAX);
  const troubles = TROUBLES.filter((trouble) => chosen.includes(trouble));
  return Array.from({ length: troubles.length > 0 ? length : 0 }, () => {
    const kind = troubles[Math.floor(random() * troubles.length)] ?? 'lose_response';
    const delayMs = Math.round(DELAY_MIN_MS + random() * (DELAY_MAX_MS - DELAY_MIN_MS));
    return kind === 'delay' ? { kind, delayMs } : { kind };
  });
}

/** Tommy Ettinger's 32-bit generator: four lines, one word of state, even enough to draw from a list of four. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
