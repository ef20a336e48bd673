import type { Attempt } from './attempt.ts';

export type AttemptStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/**
 * Where the one attempt lies: in storage, where other tabs see it, or in memory when storage does not take it.
 * Any access to storage may throw (blocked cookies, full, private mode); none of it may stop a payment.
 */
export function createShelf<Input>(storage: AttemptStorage | null, storageKey: string) {
  /** Only what storage did not take. What it took is read from there, as another tab may have ended it. */
  let inMemory: Attempt<Input> | null = null;
  /** The key of the last attempt that is over, in case that storage would not let go of it. */
  let leftover: string | null = null;
  let durable = storage !== null;

  function attempted<T>(access: (storage: AttemptStorage) => T): T | undefined {
    try {
      return storage ? access(storage) : undefined;
    } catch {
      // Not durable is an outcome that the caller can ask for, and the reason for it is nothing a user could mend.
      durable = false;
      return undefined;
    }
  }

  const stored = () => parse<Input>(attempted((from) => from.getItem(storageKey)) ?? null);

  return {
    read(): Attempt<Input> | null {
      if (inMemory) return inMemory;
      const found = stored();
      return found?.key === leftover ? null : found;
    },
    write(attempt: Attempt<Input>) {
      const text = JSON.stringify(attempt);
      const kept = attempted((to) => {
        to.setItem(storageKey, text);
        return to.getItem(storageKey) === text;
      });
      durable = kept === true;
      inMemory = durable ? null : attempt;
    },
    /** Nothing else than this one: another tab may have begun the next attempt already. */
    remove(key: string) {
      if (inMemory?.key === key) inMemory = null;
      if (stored()?.key !== key) return;
      leftover = key;
      attempted((from) => from.removeItem(storageKey));
    },
    isDurable: () => durable,
  };
}

/** What another version of the page or a curious user left there is no attempt, and takes the place of none. */
function parse<Input>(text: string | null): Attempt<Input> | null {
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isAttempt<Input>(value) ? value : null;
  } catch {
    return null;
  }
}

// The input is the app's own and came from this same page; the server checks it again as it checks any input.
function isAttempt<Input>(value: unknown): value is Attempt<Input> {
  if (typeof value !== 'object' || value === null || !('input' in value)) return false;
  const { key, createdAt } = value as { key?: unknown; createdAt?: unknown };
  return typeof key === 'string' && key !== '' && typeof createdAt === 'number' && Number.isFinite(createdAt);
}
