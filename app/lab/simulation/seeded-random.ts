/**
 * Draws that belong to one stream of a seed: each client has its own, so that one more draw of one client moves no
 * other, and two strategies are compared on the same arrivals. Tommy Ettinger's 32-bit generator.
 *
 * @returns a function that gives numbers uniform in [0, 1).
 */
export function seededRandom(seed: number, stream: number): () => number {
  let state = mix(seed ^ mix(stream + 1));
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    return mix(state) / 2 ** 32;
  };
}

function mix(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 15), word | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return (mixed ^ (mixed >>> 14)) >>> 0;
}
