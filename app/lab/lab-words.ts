import type { Comparison, Run } from './comparison.ts';
import type { LabSettings, Preset, RunSettings } from './settings.ts';
import type { Strategy } from './simulation/strategies.ts';

export const STRATEGY_WORDS: Record<Strategy, { readonly name: string; readonly hint: string }> = {
  immediate: { name: 'Immediate', hint: 'Again at once.' },
  fixed: { name: 'Fixed', hint: 'Again after 1 s, always.' },
  exponential: { name: 'Exponential', hint: 'After 0.5 s, 1 s, 2 s, up to 8 s. All in step.' },
  'full-jitter': { name: 'Exponential + full jitter', hint: 'As above, the whole wait drawn by lot.' },
  budget: { name: 'Jitter + budget', hint: 'Retries add a tenth to the calls, and a small floor.' },
  breaker: {
    name: 'Jitter + budget + breaker',
    hint: 'After 5 failures in a row nobody asks for 5 to 10 s; then one does.',
  },
};

export const PRESET_WORDS: Record<Preset, { readonly name: string; readonly hint: string }> = {
  storm: {
    name: 'Retry storm',
    hint: 'The outage is over, and the retries keep the server down: it works for clients that have left. Jitter alone does not end it, a budget does.',
  },
  herd: {
    name: 'Thundering herd',
    hint: 'Everybody comes back in the same instant. Jitter spreads the second wave, not the first. Its own cures are coalescing and staggered expiry.',
  },
};

/** What the two runs came to, in a sentence each. */
export function summaryOf({ settings, runs }: Comparison): readonly [string, string] {
  return [sentenceFor(settings, 0, runs[0]), sentenceFor(settings, 1, runs[1])];
}

function sentenceFor(settings: LabSettings, index: 0 | 1, { outcome }: Run): string {
  const name = nameOf(settings, settings.runs[index]);
  return `${name}: ${settings.arrivals === 'steady' ? steadyWords(settings, outcome) : togetherWords(settings, outcome)}`;
}

function nameOf({ arrivals }: LabSettings, { strategy, isCoalesced, isStaggered }: RunSettings): string {
  const cures = [...(isCoalesced ? ['coalesced'] : []), ...(isStaggered ? ['staggered'] : [])];
  const { name } = STRATEGY_WORDS[strategy];
  return arrivals === 'steady' || cures.length === 0 ? name : `${name}, ${cures.join(' and ')}`;
}

function steadyWords({ outageS }: LabSettings, outcome: Run['outcome']): string {
  const { recoveredMs, answeredShare, busiest, requestsPerCallDown } = outcome;
  if (outageS === 0)
    return `${percent(answeredShare)} of calls answered, at most ${times(busiest)} the capacity in any tenth of a second.`;
  const share = answeredShare === 0 ? 'none was' : `${percent(answeredShare)} were`;
  const answered = `Of the calls that ended since the outage began, ${share} answered.`;
  const down =
    requestsPerCallDown === undefined ? '' : ` ${requestsPerCallDown.toFixed(1)} requests per call while it was down.`;
  if (recoveredMs === undefined) return `not back to normal when the run ended.${down} ${answered}`;
  return `back to normal ${seconds(recoveredMs)} after the outage.${down} ${answered}`;
}

function togetherWords({ outageS }: LabSettings, outcome: Run['outcome']): string {
  const { recoveredMs, answeredShare, busiest } = outcome;
  if (answeredShare === 0) return 'everybody gave up before the server was back.';
  const since = outageS === 0 ? '' : ' after the outage';
  const peak = `the busiest tenth of a second${since} brought ${times(busiest)} what the server can answer.`;
  const share = answeredShare === 1 ? 'Everybody' : `Of all calls, ${percent(answeredShare)}`;
  const over = recoveredMs === undefined ? '' : `, and the crowd was gone after ${seconds(recoveredMs)}`;
  return `${peak} ${share} got an answer${over}.`;
}

/** Rounded away from 0 % and 100 %, which are said only when they are true; the sign stays on its line. */
function percent(share: number): string {
  if (share > 0 && share < 0.01) return 'under 1\u00a0%';
  if (share < 1 && share > 0.99) return 'over 99\u00a0%';
  return `${Math.round(share * 100)}\u00a0%`;
}

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;

const times = (factor: number) => `${factor < 10 ? factor.toFixed(1) : Math.round(factor)}×`;
