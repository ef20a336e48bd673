import type { Answer } from './answer.ts';
import type { Json } from './record.ts';
import type { ClaimRequest } from './store.ts';

interface Running<Output extends Json> {
  readonly answer: Promise<Answer<Output>>;
  /** Gives the key back before the run has ended. */
  readonly stepDown: () => Promise<void>;
}

/** The runs of this process, by key and content, so that a duplicate finds the one whose answer it waits for. */
export class RunningKeys {
  readonly #running = new Map<string, Running<Json>>();
  #isDraining = false;

  /** Follows a run to its end. The newest of a key counts: an older one has been taken over. */
  track<Output extends Json>(request: ClaimRequest, { answer, stepDown }: Running<Output>): Promise<Answer<Output>> {
    const name = nameOf(request);
    const tracked = answer.finally(() => {
      if (this.#running.get(name) === entry) this.#running.delete(name);
    });
    const entry = { answer: tracked, stepDown };
    this.#running.set(name, entry);
    return tracked;
  }

  find(request: ClaimRequest): Promise<Answer<Json>> | undefined {
    return this.#running.get(nameOf(request))?.answer;
  }

  get isDraining(): boolean {
    return this.#isDraining;
  }

  async drain(graceMs: number): Promise<void> {
    this.#isDraining = true;
    let timer: NodeJS.Timeout | undefined;
    const grace = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, graceMs);
    });
    const answers = [...this.#running.values()].map(({ answer }) => answer);
    await Promise.race([Promise.allSettled(answers), grace]);
    clearTimeout(timer);
    await Promise.all([...this.#running.values()].map(({ stepDown }) => stepDown()));
  }
}

/** The content is part of the name: a key that was given up and claimed anew has a run of its own. */
function nameOf({ tenant, principal, operation, key, requestHash, hashKid, schemaVersion }: ClaimRequest): string {
  return JSON.stringify([tenant, principal, operation, key, requestHash(hashKid, schemaVersion)]);
}
