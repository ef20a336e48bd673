import { hasExpired } from './judge.ts';
import { requestName } from './request-name.ts';
import type { ClaimOutcome, ClaimRequest } from './store.ts';

type Replay = Extract<ClaimOutcome, { kind: 'replay' }>;

/** Whoever retries does it within the minute, and as many payments as this within a minute keep a shop busy. */
const ANSWERS_MAX = 1_000;

/** An answer is a few hundred bytes. The long ones are read from storage each time, so that all of it is 4 MB at most. */
const ANSWER_CHARACTERS_MAX = 4_096;

/**
 * Answers that were asked for again lately: a storm of retries is answered without a look at storage. What is stored
 * never changes again and is deleted by nobody before it expires, so what was true once is true until then.
 */
export class RecentAnswers {
  readonly #answers = new Map<string, Replay>();

  find(request: ClaimRequest): Replay | undefined {
    const name = requestName(request);
    const known = this.#answers.get(name);
    if (!known || !hasExpired(known.answer, request.now)) return known;
    // Another may be made now, and this one must not come back when the clock is set back.
    this.#answers.delete(name);
    return undefined;
  }

  keep(request: ClaimRequest, replay: Replay): void {
    const name = requestName(request);
    if (this.#answers.has(name) || JSON.stringify(replay.answer.outcome).length > ANSWER_CHARACTERS_MAX) return;
    this.#answers.set(name, replay);
    const [oldest] = this.#answers.keys();
    if (oldest !== undefined && this.#answers.size > ANSWERS_MAX) this.#answers.delete(oldest);
  }
}
