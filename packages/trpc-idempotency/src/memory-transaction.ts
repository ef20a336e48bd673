import assert from 'node:assert/strict';
import { AsyncLocalStorage } from 'node:async_hooks';
import type { IdempotencyRecord, Json } from './record.ts';

/** Keys and the host's own effects, changed together or not at all. */
export interface MemoryTransaction {
  readonly keys: Overlay<IdempotencyRecord>;
  /** Whatever a test or a small host wants to commit together with its answers. */
  readonly effects: Overlay<Json>;
}

export interface MemoryTransactions {
  run<T>(work: (tx: MemoryTransaction) => Promise<T>): Promise<T>;
  readonly committedKeys: ReadonlyMap<string, IdempotencyRecord>;
  readonly committedEffects: ReadonlyMap<string, Json>;
}

/** One transaction at a time, in the order they came; each sees its own writes, everybody else only what is committed. */
export function memoryTransactions(): MemoryTransactions {
  const committedKeys = new Map<string, IdempotencyRecord>();
  const committedEffects = new Map<string, Json>();
  const current = new AsyncLocalStorage<MemoryTransaction & { open: boolean }>();
  let last: Promise<unknown> = Promise.resolve();

  async function runAlone<T>(work: (tx: MemoryTransaction) => Promise<T>): Promise<T> {
    const tx = { keys: new Overlay(committedKeys), effects: new Overlay(committedEffects), open: true };
    try {
      const result = await current.run(tx, () => work(tx));
      tx.keys.commit();
      tx.effects.commit();
      return result;
    } finally {
      tx.open = false;
      tx.keys.end();
      tx.effects.end();
    }
  }

  return {
    committedKeys,
    committedEffects,
    run(work) {
      assert(!current.getStore()?.open, 'a transaction inside a transaction would wait for itself forever');
      const turn = last.then(() => runAlone(work));
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}

/** Writes laid over a map until they are committed. Its handle is dead when the transaction has ended. */
export class Overlay<Value> {
  readonly #base: Map<string, Value>;
  readonly #changes = new Map<string, Value | undefined>();
  #open = true;

  constructor(base: Map<string, Value>) {
    this.#base = base;
  }

  get(name: string): Value | undefined {
    assert(this.#open, 'this transaction has ended');
    return this.#changes.has(name) ? this.#changes.get(name) : this.#base.get(name);
  }

  set(name: string, value: Value): void {
    assert(this.#open, 'this transaction has ended');
    this.#changes.set(name, value);
  }

  delete(name: string): void {
    assert(this.#open, 'this transaction has ended');
    this.#changes.set(name, undefined);
  }

  commit(): void {
    for (const [name, value] of this.#changes) {
      if (value === undefined) this.#base.delete(name);
      else this.#base.set(name, value);
    }
  }

  end(): void {
    this.#open = false;
  }
}
