import { type LabSettings, PRESETS, RANGES, type RunSettings } from './settings.ts';
import { STRATEGIES } from './simulation/strategies.ts';

/** The query of a link to these settings; every one is named, so that a link outlives a change of the presets. */
export function toQuery(settings: LabSettings): URLSearchParams {
  const [first, second] = settings.runs;
  return new URLSearchParams({
    arrivals: settings.arrivals,
    clients: String(settings.clients),
    think: String(settings.thinkS),
    capacity: String(settings.capacityPerS),
    outage: String(settings.outageS),
    down: settings.outageKind,
    tries: String(settings.tries),
    guards: settings.guards,
    seed: String(settings.seed),
    a: runToText(first),
    b: runToText(second),
  });
}

/** Settings from a link. What is missing or makes no sense is as in the preset that fits the arrivals. */
export function fromQuery(query: URLSearchParams): LabSettings {
  const preset = query.get('arrivals') === 'together' ? PRESETS.herd : PRESETS.storm;
  const [first, second] = preset.runs;
  return {
    arrivals: preset.arrivals,
    clients: within('clients', query.get('clients'), preset),
    thinkS: within('thinkS', query.get('think'), preset),
    capacityPerS: within('capacityPerS', query.get('capacity'), preset),
    outageS: within('outageS', query.get('outage'), preset),
    outageKind: oneOf(['refuses', 'hangs'], query.get('down')) ?? preset.outageKind,
    tries: within('tries', query.get('tries'), preset),
    guards: oneOf(['shared', 'own'], query.get('guards')) ?? preset.guards,
    seed: within('seed', query.get('seed'), preset),
    runs: [runFromText(query.get('a')) ?? first, runFromText(query.get('b')) ?? second],
  };
}

function within(name: keyof typeof RANGES, text: string | null, preset: LabSettings): number {
  const { min, max } = RANGES[name];
  const value = text === null || text === '' ? Number.NaN : Math.round(Number(text));
  return Number.isFinite(value) ? Math.min(max, Math.max(min, value)) : preset[name];
}

function runToText({ strategy, isCoalesced, isStaggered }: RunSettings): string {
  return [strategy, ...(isCoalesced ? ['coalesced'] : []), ...(isStaggered ? ['staggered'] : [])].join('.');
}

function runFromText(text: string | null): RunSettings | undefined {
  const [name = '', ...cures] = (text ?? '').split('.');
  const strategy = oneOf(STRATEGIES, name);
  return strategy && { strategy, isCoalesced: cures.includes('coalesced'), isStaggered: cures.includes('staggered') };
}

const oneOf = <T extends string>(known: readonly T[], text: string | null): T | undefined =>
  known.find((each) => each === text);
