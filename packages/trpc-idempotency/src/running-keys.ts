import type { Answer } from './answer.ts';
import type { Json } from './record.ts';
import type { ClaimRequest } from './store.ts';

/** The runs of this process, by key and content, so that a duplicate finds the one whose answer it waits for. */
export class RunningKeys {
  readonly #running = new Map<string, Promise<Answer<Json>>>();

  /** Follows a run to its end. The newest of a key counts: an older one has been taken over. */
  track<Output extends Json>(request: ClaimRequest, run: Promise<Answer<Output>>): Promise<Answer<Output>> {
    const name = nameOf(request);
    const tracked = run.finally(() => {
      if (this.#running.get(name) === tracked) this.#running.delete(name);
    });
    this.#running.set(name, tracked);
    return tracked;
  }

  find(request: ClaimRequest): Promise<Answer<Json>> | undefined {
    return this.#running.get(nameOf(request));
  }
}

/** The content is part of the name: a key that was given up and claimed anew has a run of its own. */
function nameOf({ tenant, principal, operation, key, requestHash, hashKid, schemaVersion }: ClaimRequest): string {
  return JSON.stringify([tenant, principal, operation, key, requestHash(hashKid, schemaVersion)]);
}
