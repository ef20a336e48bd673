import { type Chances, type Plan, troublesIn } from './script.ts';
import { isTrouble, TROUBLES } from './trouble.ts';

export interface FlakySettings extends Plan {
  readonly on: boolean;
}

/** What a trouble is given when it is chosen. Seed 1 then disturbs two tries, and lets the third through. */
export const DEFAULT_CHANCE = 70;

/**
 * The first run must show the lesson: with the response as the only thing that gets lost, the shop has done its work
 * each time. Three requests, one charge.
 */
export const DEFAULT_SETTINGS: FlakySettings = {
  on: false,
  by: 'chance',
  chances: { lose_response: DEFAULT_CHANCE },
  script: ['lose_response', 'lose_response'],
  seed: 1,
};

/** Six digits are enough to share and short enough to read aloud. */
export const SEED_MAX = 999_999;

const PARAMETERS = ['flaky', 'script', 'seed'] as const;

/** `flaky=lose_response.delay-30&seed=7` or `script=lose_request.lose_response&seed=7`; nothing while it is off. */
export function withSettings(address: URL, { on, by, chances, script, seed }: FlakySettings): URL {
  const url = new URL(address);
  for (const name of PARAMETERS) url.searchParams.delete(name);
  if (!on) return url;
  if (by === 'script') url.searchParams.set('script', script.join('.'));
  else url.searchParams.set('flaky', chancesText(chances));
  url.searchParams.set('seed', String(seed));
  return url;
}

/** Null when the address says nothing of a network. What it says wrongly is read as the default. */
export function settingsIn({ searchParams }: URL): FlakySettings | null {
  const seed = seedFrom(searchParams.get('seed'));
  const script = searchParams.get('script');
  if (script !== null) {
    const named = troublesIn(script.split(/[.,]/));
    return { ...DEFAULT_SETTINGS, on: true, by: 'script', seed, ...(named.length > 0 && { script: named }) };
  }
  const flaky = searchParams.get('flaky');
  if (flaky === null) return null;
  return { ...DEFAULT_SETTINGS, on: flaky !== 'off', seed, chances: chancesIn(flaky) };
}

/** Null when nothing usable was kept. The troubles without chances that earlier versions kept get the default one. */
export function settingsKept(text: string | null): FlakySettings | null {
  const kept = parsed(text);
  if (kept === null) return null;
  const listed = Array.isArray(kept.troubles) ? kept.troubles.filter(isTrouble) : [];
  const earlier = Object.fromEntries(listed.map((trouble) => [trouble, DEFAULT_CHANCE]));
  const chances = usable(kept.chances ?? earlier);
  const script = troublesIn(Array.isArray(kept.script) ? kept.script : []);
  return {
    on: kept.on === true,
    by: kept.by === 'script' ? 'script' : 'chance',
    chances: isEmpty(chances) ? DEFAULT_SETTINGS.chances : chances,
    script: script.length > 0 ? script : DEFAULT_SETTINGS.script,
    seed: seedFrom(String(kept.seed)),
  };
}

/** A seed as somebody typed or shared it; anything else than a number in range is the default. */
export function seedFrom(text: string | null): number {
  const seed = Number(text);
  return text !== null && Number.isInteger(seed) && seed >= 1 && seed <= SEED_MAX ? seed : DEFAULT_SETTINGS.seed;
}

function chancesText(chances: Chances): string {
  return TROUBLES.filter((trouble) => chances[trouble])
    .map((trouble) => (chances[trouble] === DEFAULT_CHANCE ? trouble : `${trouble}-${chances[trouble]}`))
    .join('.');
}

function chancesIn(text: string): Chances {
  const named = text.split('.').map((one) => one.split('-') as [string, string?]);
  const chances = usable(Object.fromEntries(named.map(([name, chance]) => [name, Number(chance ?? DEFAULT_CHANCE)])));
  return isEmpty(chances) ? DEFAULT_SETTINGS.chances : chances;
}

/** Only troubles that there are, in their order, with chances that can be: what happens never is not named. */
function usable(given: unknown): Chances {
  if (typeof given !== 'object' || given === null) return {};
  const named: Readonly<Record<string, unknown>> = { ...given };
  return Object.fromEntries(TROUBLES.filter((trouble) => isChance(named[trouble])).map((name) => [name, named[name]]));
}

const isChance = (value: unknown) => Number.isInteger(value) && Number(value) > 0 && Number(value) <= 100;

const isEmpty = (chances: Chances) => Object.keys(chances).length === 0;

function parsed(text: string | null): Readonly<Record<string, unknown>> | null {
  try {
    const kept: unknown = JSON.parse(text ?? 'null');
    return typeof kept === 'object' && kept !== null ? { ...kept } : null;
  } catch {
    return null;
  }
}
