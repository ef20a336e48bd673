import { monotonicTime } from '@payonce/retry';
import { CLOCK_ERROR_MS, type Clock } from '../clock.ts';
import type { Reason } from '../errors.ts';
import type { AnswerHeaders, HttpAnswer } from './http-answer.ts';

/** A request under a key: two that are equal to the byte are the same request. */
export interface KeyedRequest {
  readonly principal: string;
  readonly operation: string;
  readonly key: string;
  readonly body: string;
}

export interface Replay {
  readonly answer: HttpAnswer;
  /** Of a refusal that was stored; null for a success. */
  readonly reason: Reason | null;
}

interface Kept {
  readonly request: KeyedRequest;
  readonly replay: Replay;
  /** In monotonic milliseconds. */
  readonly since: number;
  /** In Unix milliseconds. */
  readonly expiresAt: number;
}

/** Whoever retries does it within the minute. */
const KEPT_MS = 60_000;

/** As many payments as this within a minute keep a shop busy. */
const REPLAYS_MAX = 1_000;

/**
 * Longest body, sent or answered, that is kept, in characters. Usual ones are a few hundred, so a full memory is 1 MB, and
 * 16 at worst.
 */
const CHARACTERS_MAX = 4_096;

/**
 * Stored answers that the engine has given within the last minute, as they were sent: who sends the same again is answered
 * at the door, before tRPC, engine and storage. What is stored under a key never changes and is deleted by nobody before it
 * expires, so what was true once is true until then, also by the clock of a process that is ahead of ours.
 *
 * Whatever is not the same to the byte, such as the same content in another order, is for the engine to judge.
 */
export class RecentReplays {
  readonly #kept = new Map<string, Kept>();
  readonly #clock: Clock;
  readonly #monotonic: () => number;

  /** @param monotonic in milliseconds. Default: since the process began. */
  constructor({ clock, monotonic = monotonicTime }: { readonly clock: Clock; readonly monotonic?: () => number }) {
    this.#clock = clock;
    this.#monotonic = monotonic;
  }

  /** The answer with headers of its own, to which those of this request can be added. */
  find(request: KeyedRequest): Replay | undefined {
    const name = nameOf(request);
    const kept = this.#kept.get(name);
    if (!kept) return undefined;
    if (this.#monotonic() - kept.since >= KEPT_MS || this.#isNearlyOver(kept.expiresAt)) {
      this.#kept.delete(name);
      return undefined;
    }
    return kept.request.body === request.body ? copyOf(kept.replay) : undefined;
  }

  /** Keeps what the engine has stored, unless its key may soon be begun anew. Of other answers it takes no notice. */
  keep(request: KeyedRequest, { answer, reason }: Replay): void {
    const { body } = answer;
    const expiresAt = expiryOf(answer.headers);
    if (this.#isNearlyOver(expiresAt)) return;
    // A session is made for one request and never replayed.
    if (answer.headers.has('Set-Cookie')) return;
    if (typeof body !== 'string' || Math.max(body.length, request.body.length) > CHARACTERS_MAX) return;
    const replay = copyOf({ answer, reason });
    // The run that made the answer says the same without it.
    replay.answer.headers.set('Idempotent-Replayed', 'true');
    this.#kept.set(nameOf(request), { request, replay, since: this.#monotonic(), expiresAt });
    const [oldest] = this.#kept.keys();
    if (oldest !== undefined && this.#kept.size > REPLAYS_MAX) this.#kept.delete(oldest);
  }

  /** Whether a process whose clock is ahead may count the key as expired before a minute is over. */
  #isNearlyOver(expiresAt: number): boolean {
    return expiresAt - this.#clock() <= CLOCK_ERROR_MS + KEPT_MS;
  }
}

/** A header has no line break in it, so that no two requests have one name. */
function nameOf({ principal, operation, key }: KeyedRequest): string {
  return `${principal}\n${operation}\n${key}`;
}

/** Unix milliseconds of the second that a stored answer names; long ago for one that was not stored. */
function expiryOf(headers: AnswerHeaders): number {
  return Date.parse(headers.get('Idempotency-Expires') ?? '') || 0;
}

function copyOf({ answer, reason }: Replay): Replay {
  return { answer: { ...answer, headers: answer.headers.copy() }, reason };
}
