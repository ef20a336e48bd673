import { scriptOf } from './script.ts';
import {
  DEFAULT_SETTINGS,
  type FlakySettings,
  SEED_MAX,
  settingsIn,
  settingsKept,
  withSettings,
} from './settings-text.ts';

export const FLAKY_STORAGE_KEY = 'payonce.flaky';

interface FlakyPorts {
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>;
  readonly readUrl: () => URL;
  /** Puts the settings in the address bar without a navigation. */
  readonly replaceUrl: (url: URL) => void;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

/** A low chance leaves most seeds quiet; so many are looked at for one that is not. */
const DRAWS_MAX = 50;

/** The switch and what it stands for, kept over a reload and carried in the address, so that a run can be shared. */
export function createFlakySettings({ storage, readUrl, replaceUrl, random }: FlakyPorts) {
  let settings = settingsIn(readUrl()) ?? kept() ?? DEFAULT_SETTINGS;
  const listeners = new Set<() => void>();
  keep();

  function kept() {
    try {
      return settingsKept(storage.getItem(FLAKY_STORAGE_KEY));
    } catch {
      return null;
    }
  }

  function keep() {
    try {
      storage.setItem(FLAKY_STORAGE_KEY, JSON.stringify(settings));
    } catch {
      // Forbidden storage: the switch then lasts as long as the page.
    }
  }

  function change(changed: Partial<FlakySettings>) {
    settings = { ...settings, ...changed };
    keep();
    replaceUrl(withSettings(readUrl(), settings));
    for (const listener of listeners) listener();
  }

  return {
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    getSnapshot: () => settings,
    change,
    /** Another seed, one with which something happens if there is any. */
    drawSeed() {
      let seed = settings.seed;
      for (let draws = 0; draws < DRAWS_MAX; draws += 1) {
        seed = 1 + Math.floor(random() * SEED_MAX);
        if (seed !== settings.seed && scriptOf({ ...settings, seed }).length > 0) break;
      }
      change({ seed });
    },
    shareUrl: () => withSettings(new URL('/', readUrl()), { ...settings, on: true }).href,
  };
}
