/** What is left of a retry budget, at the moment it was last looked at. */
export interface BudgetLevel {
  /** Earned and not spent. */
  readonly saved: number;
  /** Left of the floor. */
  readonly floor: number;
  /** By the clock of the budget. */
  readonly refilledAt: number;
}

/** Where a budget keeps its level. Two budgets on one shelf spend from one purse. */
export interface BudgetShelf {
  read(): BudgetLevel | undefined;
  write(level: BudgetLevel): void;
}

export function memoryShelf(): BudgetShelf {
  let level: BudgetLevel | undefined;
  return {
    read: () => level,
    write: (next) => {
      level = next;
    },
  };
}

/**
 * A shelf in the browser's storage, where all tabs of a site find it; in memory where storage is full or forbidden.
 * Give the budget a clock that all tabs share (`wallTime`). Two tabs that spend in the same millisecond may both be
 * paid for with the same retry: this is a limit on load, not a lock.
 */
export function storedShelf(storage: Pick<Storage, 'getItem' | 'setItem'> | null, storageKey: string): BudgetShelf {
  const memory = memoryShelf();
  return {
    read() {
      try {
        return parse(storage?.getItem(storageKey)) ?? memory.read();
      } catch {
        return memory.read();
      }
    },
    write(level) {
      memory.write(level);
      try {
        storage?.setItem(storageKey, JSON.stringify(level));
      } catch {
        // Then this tab has a budget of its own, which is still one.
      }
    },
  };
}

function parse(text: string | null | undefined): BudgetLevel | undefined {
  const value: unknown = JSON.parse(text ?? 'null');
  if (typeof value !== 'object' || value === null) return undefined;
  const { saved, floor, refilledAt } = value as Record<string, unknown>;
  if (!isAmount(saved) || !isAmount(floor) || !isAmount(refilledAt)) return undefined;
  return { saved, floor, refilledAt };
}

const isAmount = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value >= 0;
