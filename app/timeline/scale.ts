import type { Layout } from './lanes.ts';

/** Where a time stands in the picture, from 0 to 1. */
export type Scale = (milliseconds: number) => number;

/**
 * A payment takes fifty milliseconds and the pause after it five seconds: drawn true to scale, the payment would be a
 * hair. So each stretch between two happenings is as wide as the root of its length. The order stays, and what is longer
 * stays wider; the exact times are written beside it.
 */
export function scaleOf(layout: Layout): Scale {
  const times = momentsOf(layout);
  const places = [0];
  for (let index = 1; index < times.length; index += 1) {
    places.push((places[index - 1] ?? 0) + Math.sqrt((times[index] ?? 0) - (times[index - 1] ?? 0)));
  }
  const width = places.at(-1) || 1;

  return (milliseconds) => {
    const after = times.findIndex((time) => time >= milliseconds);
    if (after === -1) return 1;
    if (after === 0) return 0;
    const [from = 0, to = 0] = [times[after - 1], times[after]];
    const [left = 0, right = 0] = [places[after - 1], places[after]];
    return (left + ((right - left) * (milliseconds - from)) / (to - from)) / width;
  };
}

/** All times at which something begins or ends, in order, from the start to the end of the picture. */
export function momentsOf({ lanes, endMs }: Layout): readonly number[] {
  const times = lanes.flatMap(({ fromMs, toMs, arrivals, wait }) => [
    fromMs,
    toMs,
    wait?.toMs ?? null,
    ...arrivals.flatMap((arrival) => [arrival.fromMs, arrival.toMs]),
  ]);
  const known = [0, ...times, endMs].filter((time) => time !== null && time >= 0 && time <= endMs) as number[];
  return [...new Set(known)].toSorted((one, other) => one - other);
}
