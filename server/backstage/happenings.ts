type Listener = () => void;

/**
 * Says that something may have changed, so that whoever watches looks again. It carries no news: what is true is in the
 * database and with the provider, and a call that comes twice or for nothing costs one look.
 */
export class Happenings {
  readonly #listeners = new Map<Listener, string>();

  /** @param principal whose it is; null when it may be anybody's. */
  tell(principal: string | null): void {
    for (const [listener, listens] of this.#listeners) {
      if (principal === null || principal === listens) listener();
    }
  }

  /** @returns how to stop listening. */
  listen(principal: string, listener: Listener): () => void {
    this.#listeners.set(listener, principal);
    return () => void this.#listeners.delete(listener);
  }
}
