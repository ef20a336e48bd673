import { TROUBLES, type Trouble } from './trouble.ts';

export interface FlakySettings {
  readonly on: boolean;
  readonly troubles: readonly Trouble[];
  readonly seed: number;
}

/**
 * The first run must show the lesson: seed 1 draws two mishaps, and with the response as the only thing that gets lost
 * the shop has done its work each time. Three requests, one charge.
 */
export const DEFAULT_SETTINGS: FlakySettings = { on: false, troubles: ['lose_response'], seed: 1 };

/** Six digits are enough to share and short enough to read aloud. */
export const SEED_MAX = 999_999;

export const FLAKY_STORAGE_KEY = 'payonce.flaky';

interface FlakyPorts {
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>;
  readonly readUrl: () => URL;
  /** Puts the settings in the address bar without a navigation. */
  readonly replaceUrl: (url: URL) => void;
}

/** The switch and what it stands for, kept over a reload and carried in the address, so that a run can be shared. */
export function createFlakySettings({ storage, readUrl, replaceUrl }: FlakyPorts) {
  let settings = fromUrl(readUrl()) ?? fromStorage(storage) ?? DEFAULT_SETTINGS;
  const listeners = new Set<() => void>();
  keep();

  function keep() {
    try {
      storage.setItem(FLAKY_STORAGE_KEY, JSON.stringify(settings));
    } catch {
      // Forbidden storage: the switch then lasts as long as the page.
    }
  }

  return {
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    getSnapshot: () => settings,
    change(change: Partial<FlakySettings>) {
      settings = { ...settings, ...change };
      keep();
      replaceUrl(withSettings(readUrl(), settings));
      for (const listener of listeners) listener();
    },
    shareUrl: () => withSettings(new URL('/', readUrl()), { ...settings, on: true }).href,
  };
}

function withSettings(url: URL, { on, troubles, seed }: FlakySettings): URL {
  const shared = new URL(url);
  shared.searchParams.delete('flaky');
  shared.searchParams.delete('seed');
  if (on) {
    shared.searchParams.set('flaky', troubles.join('.'));
    shared.searchParams.set('seed', String(seed));
  }
  return shared;
}

function fromUrl(url: URL): FlakySettings | null {
  const named = url.searchParams.get('flaky');
  if (named === null) return null;
  const troubles = TROUBLES.filter((trouble) => named.split('.').includes(trouble));
  return {
    on: named !== 'off',
    troubles: troubles.length > 0 ? troubles : DEFAULT_SETTINGS.troubles,
    seed: seedFrom(url.searchParams.get('seed')),
  };
}

function fromStorage(storage: FlakyPorts['storage']): FlakySettings | null {
  try {
    const kept: unknown = JSON.parse(storage.getItem(FLAKY_STORAGE_KEY) ?? 'null');
    if (typeof kept !== 'object' || kept === null) return null;
    const { on, troubles, seed } = kept as Record<string, unknown>;
    const known = TROUBLES.filter((trouble) => Array.isArray(troubles) && troubles.includes(trouble));
    return {
      on: on === true,
      troubles: known.length > 0 ? known : DEFAULT_SETTINGS.troubles,
      seed: seedFrom(String(seed)),
    };
  } catch {
    return null;
  }
}

/** A seed as somebody typed or shared it; anything else than a number in range is the default. */
export function seedFrom(text: string | null): number {
  const seed = Number(text);
  return text !== null && Number.isInteger(seed) && seed >= 1 && seed <= SEED_MAX ? seed : DEFAULT_SETTINGS.seed;
}
