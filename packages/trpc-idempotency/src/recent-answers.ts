import { copyJson, sameJson } from './json.ts';
import { hasExpired } from './judge.ts';
import type { FinalOutcome, Json, StoredAnswer } from './record.ts';
import type { ClaimOutcome, ClaimRequest } from './store.ts';

type Replay = Extract<ClaimOutcome, { kind: 'replay' }>;

/** What makes two requests the same one. */
type Asked = Pick<ClaimRequest, 'tenant' | 'principal' | 'operation' | 'schemaVersion' | 'key' | 'input'>;

interface Kept {
  readonly asked: Asked;
  readonly answer: StoredAnswer;
}

/** Whoever retries does it within the minute, and as many payments as this within a minute keep a shop busy. */
const ANSWERS_MAX = 1_000;

/**
 * Longest input, and longest answer, that is kept, in characters of JSON; a longer one is read from storage each time.
 * Usual ones are a few hundred characters, so a full memory is a few MB; 200 MB if each were nothing but empty objects.
 */
const CHARACTERS_MAX = 4_096;

/**
 * Answers that were asked for again lately: a storm of retries is answered without a look at storage. What is stored
 * never changes again and is deleted by nobody before it expires, so what was true once is true until then.
 *
 * Found by the input itself, without a hash of it. Each request is given a copy of its own, as from storage.
 */
export class RecentAnswers {
  readonly #answers = new Map<string, Kept>();

  find(request: ClaimRequest): Replay | undefined {
    const name = nameOf(request);
    const known = this.#answers.get(name);
    if (!known) return undefined;
    if (hasExpired(known.answer, request.now)) {
      // Another may be made now, and this one must not come back when the clock is set back.
      this.#answers.delete(name);
      return undefined;
    }
    if (!isSameRequest(known.asked, request)) return undefined;
    return { kind: 'replay', answer: { ...known.answer, outcome: copyOf(known.answer.outcome) } };
  }

  /** What storage has just said takes the place of what was known under the same name. */
  keep(request: ClaimRequest, { answer }: Replay): void {
    const { tenant, principal, operation, schemaVersion, key, input } = request;
    if (isLong(input) || isLong(answer.outcome)) return;
    const asked = { tenant, principal, operation, schemaVersion, key, input };
    this.#answers.set(nameOf(request), { asked, answer: { ...answer, outcome: copyOf(answer.outcome) } });
    const [oldest] = this.#answers.keys();
    if (oldest !== undefined && this.#answers.size > ANSWERS_MAX) this.#answers.delete(oldest);
  }
}

/** Two requests may have one name, when a separator is part of a key; what they asked for tells them apart. */
function nameOf({ tenant, principal, operation, key }: ClaimRequest): string {
  return `${tenant} ${principal} ${operation} ${key}`;
}

function isSameRequest(one: Asked, other: Asked): boolean {
  return (
    one.tenant === other.tenant &&
    one.principal === other.principal &&
    one.operation === other.operation &&
    one.schemaVersion === other.schemaVersion &&
    one.key === other.key &&
    sameJson(one.input, other.input)
  );
}

function isLong(json: unknown): boolean {
  return JSON.stringify(json).length > CHARACTERS_MAX;
}

/** An outcome is JSON through and through: it came from storage. */
function copyOf(outcome: FinalOutcome): FinalOutcome {
  return copyJson(outcome as unknown as Json) as unknown as FinalOutcome;
}
