import type { Arrival } from './arrival.ts';
import type { Lane, Layout } from './lanes.ts';

/** The same story as it stood at an earlier moment: what had not begun is not there, what had not ended is open. */
export function asOf(layout: Layout, atMs: number): Layout {
  const lanes = layout.lanes.filter(({ fromMs }) => fromMs <= atMs).map((lane) => laneAsOf(lane, atMs));
  const received = lanes.reduce((sum, { arrivals }) => sum + arrivals.length, 0);
  return { ...layout, lanes, sent: lanes.length, received };
}

function laneAsOf(lane: Lane, atMs: number): Lane {
  const { toMs, wait } = lane;
  const isOver = toMs !== null && toMs <= atMs;
  return {
    ...lane,
    toMs: isOver ? toMs : null,
    ending: isOver ? lane.ending : 'waiting',
    arrivals: lane.arrivals.filter(({ fromMs }) => fromMs <= atMs).map((arrival) => arrivalAsOf(arrival, atMs)),
    wait: wait !== null && wait.fromMs <= atMs ? { ...wait, toMs: Math.min(wait.toMs, atMs) } : null,
  };
}

function arrivalAsOf(arrival: Arrival, atMs: number): Arrival {
  const isOver = arrival.toMs !== null && arrival.toMs <= atMs;
  return isOver ? arrival : { ...arrival, toMs: null, verdict: 'running', reason: null };
}
