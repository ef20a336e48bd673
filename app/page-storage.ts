type PageStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** The browser's storage, or where it is forbidden a memory that lasts as long as the page. */
export function pageStorage(): PageStorage {
  try {
    return window.localStorage;
  } catch {
    return inMemory();
  }
}

function inMemory(): PageStorage {
  const kept = new Map<string, string>();
  return {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
    removeItem: (name) => void kept.delete(name),
  };
}
