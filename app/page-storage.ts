type PageStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** The browser's storage, or null where it is forbidden: whoever promises to keep something must know. */
export function siteStorage(): PageStorage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

/** The browser's storage for what is nice to keep. It never throws: what cannot be stored is kept as long as the page. */
export function pageStorage(): PageStorage {
  const site = siteStorage();
  return {
    // What could not be stored is newer than what is stored.
    getItem: (name) => inMemory.get(name) ?? attempt(() => site?.getItem(name)) ?? null,
    setItem(name, value) {
      const isStored = attempt(() => {
        site?.setItem(name, value);
        return site !== null;
      });
      if (isStored) inMemory.delete(name);
      else inMemory.set(name, value);
    },
    removeItem(name) {
      inMemory.delete(name);
      attempt(() => site?.removeItem(name));
    },
  };
}

/** Forgets all that this shop keeps in the browser: what a first visit does not have. */
export function forgetPage(): void {
  try {
    for (const storage of [window.localStorage, window.sessionStorage]) {
      for (const name of Object.keys(storage)) if (name.startsWith('payonce.')) storage.removeItem(name);
    }
  } catch {
    // Forbidden storage holds nothing to forget.
  }
}

/** Shared by all who ask on this page: they would find each other's in the browser's storage too. */
const inMemory = new Map<string, string>();

/** Storage may throw at any touch: blocked, full, a private window. */
function attempt<T>(touch: () => T): T | undefined {
  try {
    return touch();
  } catch {
    return undefined;
  }
}
