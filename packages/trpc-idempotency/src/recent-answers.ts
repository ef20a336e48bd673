import { hasExpired } from './judge.ts';
import type { FinalOutcome, StoredAnswer } from './record.ts';
import type { ClaimOutcome, ClaimRequest } from './store.ts';

type Replay = Extract<ClaimOutcome, { kind: 'replay' }>;

/** The outcome as text, so that each request is given a copy of its own, as from storage. */
type Kept = Omit<StoredAnswer, 'outcome'> & { readonly outcome: string };

/** Whoever retries does it within the minute, and as many payments as this within a minute keep a shop busy. */
const ANSWERS_MAX = 1_000;

/** Of input and answer each: they are a few hundred. The long ones are read each time, so that all of it is 8 MB at most. */
const CHARACTERS_MAX = 4_096;

/**
 * Answers that were asked for again lately: a storm of retries is answered without a look at storage. What is stored
 * never changes again and is deleted by nobody before it expires, so what was true once is true until then.
 *
 * Found by the input itself, written as this request has it: the same text is the same request, without a hash of it.
 * Another text may still be the same request; that is for storage to say.
 */
export class RecentAnswers {
  readonly #answers = new Map<string, Kept>();

  find(request: ClaimRequest): Replay | undefined {
    const name = nameOf(request);
    const known = this.#answers.get(name);
    if (!known) return undefined;
    const answer = { ...known, outcome: JSON.parse(known.outcome) as FinalOutcome };
    if (!hasExpired(answer, request.now)) return { kind: 'replay', answer };
    // Another may be made now, and this one must not come back when the clock is set back.
    this.#answers.delete(name);
    return undefined;
  }

  keep(request: ClaimRequest, { answer }: Replay): void {
    const name = nameOf(request);
    if (this.#answers.has(name)) return;
    const kept = { ...answer, outcome: JSON.stringify(answer.outcome) };
    if (name.length > CHARACTERS_MAX || kept.outcome.length > CHARACTERS_MAX) return;
    this.#answers.set(name, kept);
    const [oldest] = this.#answers.keys();
    if (oldest !== undefined && this.#answers.size > ANSWERS_MAX) this.#answers.delete(oldest);
  }
}

function nameOf({ tenant, principal, operation, schemaVersion, key, input }: ClaimRequest): string {
  return JSON.stringify([tenant, principal, operation, schemaVersion, key, input]);
}
