import { hasExpired } from './judge.ts';
import type { StoredAnswer } from './record.ts';
import { requestName } from './request-name.ts';
import type { ClaimRequest } from './store.ts';

/** Whoever retries does it within the minute, and as many payments as this within a minute keep a shop busy. */
const ANSWERS_MAX = 1_000;

/** An answer is a few hundred bytes. The long ones are read from storage each time, so that all of it is 4 MB at most. */
const ANSWER_CHARACTERS_MAX = 4_096;

/**
 * Answers that were asked for again lately: a storm of retries is answered without a look at storage. What is stored
 * never changes again and is deleted by nobody before it expires, so what was true once is true until then.
 */
export class RecentAnswers {
  readonly #answers = new Map<string, StoredAnswer>();

  find(request: ClaimRequest): StoredAnswer | undefined {
    const name = requestName(request);
    const answer = this.#answers.get(name);
    if (!answer || !hasExpired(answer, request.now)) return answer;
    // Another may be made now, and this one must not come back when the clock is set back.
    this.#answers.delete(name);
    return undefined;
  }

  keep(request: ClaimRequest, answer: StoredAnswer): void {
    if (JSON.stringify(answer.outcome).length > ANSWER_CHARACTERS_MAX) return;
    this.#answers.set(requestName(request), answer);
    const [oldest] = this.#answers.keys();
    if (oldest !== undefined && this.#answers.size > ANSWERS_MAX) this.#answers.delete(oldest);
  }
}
