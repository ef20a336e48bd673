import { shopError } from '../errors.ts';

/** A browser opens six connections to one host, and what watches must leave some for what pays. */
const PER_CUSTOMER_MAX = 3;

/** Each one costs a socket and a few reads for every thing that happens. */
const OVERALL_MAX = 200;

/** The windows that are watching right now: so many and no more, and all of them end when the shop does. */
export class Watches {
  readonly #open = new Map<string, number>();
  readonly #closing = new AbortController();
  #count = 0;

  /** Aborted when the shop closes. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /**
   * Throws `too_many_watches` when there is no room.
   *
   * @returns how to leave.
   */
  enter(principal: string): () => void {
    const open = this.#open.get(principal) ?? 0;
    if (this.#closing.signal.aborted || open >= PER_CUSTOMER_MAX || this.#count >= OVERALL_MAX) {
      throw shopError('too_many_watches');
    }
    this.#open.set(principal, open + 1);
    this.#count += 1;
    return () => this.#leave(principal);
  }

  /** A stream has no end of its own, and a drain would wait for it. */
  close(): void {
    this.#closing.abort();
  }

  #leave(principal: string): void {
    const open = (this.#open.get(principal) ?? 1) - 1;
    if (open > 0) this.#open.set(principal, open);
    else this.#open.delete(principal);
    this.#count -= 1;
  }
}
