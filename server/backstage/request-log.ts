import type { Database } from '#db/open.ts';
import { insertRequests, type LoggedRequest, requestsOf } from '#db/request-log.ts';

/** Long enough to gather the requests of a burst, short enough that a crash costs a screen a quarter of a second. */
const FLUSH_EVERY_MS = 250;

/** Beyond this the database cannot keep up, and forgetting what a screen shows beats running out of memory. */
const BUFFERED_MAX = 10_000;

/**
 * What reached the shop and how it was answered. Kept in memory and written in batches, so that a replay costs a read
 * and not a commit. It is for people to look at: nothing is decided by it.
 */
export class RequestLog {
  readonly #database: Database;
  readonly #onChange: (principal: string) => void;
  readonly #running = new Map<string, LoggedRequest>();
  readonly #resumed = new Set<string>();
  #finished: LoggedRequest[] = [];
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  /** @param onChange told whose request has begun or ended. */
  constructor(database: Database, onChange: (principal: string) => void = () => undefined) {
    this.#database = database;
    this.#onChange = onChange;
  }

  begin(request: LoggedRequest): void {
    this.#running.set(request.requestId, request);
    this.#onChange(request.principal);
  }

  /** The run of this request goes on where an earlier one stopped. Of no request that is under way, it means nothing. */
  resumes(requestId: string): void {
    if (this.#running.has(requestId)) this.#resumed.add(requestId);
  }

  end(request: LoggedRequest): void {
    this.#running.delete(request.requestId);
    if (this.#finished.length >= BUFFERED_MAX) this.#finished.shift();
    const isResumed = this.#resumed.delete(request.requestId) && request.verdict === 'executed';
    this.#finished.push(isResumed ? { ...request, verdict: 'resumed' } : request);
    this.#timer ??= setTimeout(() => void this.flush(), FLUSH_EVERY_MS).unref();
    this.#onChange(request.principal);
  }

  /** Newest first, with those that are being worked on. */
  async of(principal: string): Promise<readonly LoggedRequest[]> {
    await this.flush();
    const running = [...this.#running.values()].filter((request) => request.principal === principal);
    return [...running.toReversed(), ...(await requestsOf(this.#database.reader, principal))];
  }

  /** Resolves when all that has ended by now can be read: what an earlier flush is still writing is part of it. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(() => this.#writeFinished());
    return this.#writing;
  }

  async #writeFinished(): Promise<void> {
    const batch = this.#finished;
    if (batch.length === 0) return;
    this.#finished = [];
    try {
      await this.#database.write((tx) => insertRequests(tx, batch), 'deferred');
    } catch {
      this.#finished = [...batch, ...this.#finished].slice(-BUFFERED_MAX);
    }
  }
}
