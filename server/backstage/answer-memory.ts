import { createHash } from 'node:crypto';
import type { KeyRow } from './key-rows.ts';

/** Answers that are remembered; beyond this the oldest is no longer compared. */
const KEPT_MAX = 2_000;

/** The stored answers as they were when they were first seen, so that one that changes is noticed. */
export class AnswerMemory {
  readonly #seen = new Map<string, string>();

  /** @returns how many of these answers are not what they were. */
  countChanged(principal: string, keys: readonly KeyRow[]): number {
    return keys.filter((key) => key.answer !== null && this.#isChanged(principal, key)).length;
  }

  #isChanged(principal: string, { operation, keyHash, firstSeenAt, answer }: KeyRow): boolean {
    const name = `${principal} ${operation} ${keyHash} ${firstSeenAt}`;
    const now = createHash('sha256').update(JSON.stringify(answer)).digest('base64');
    const before = this.#seen.get(name);
    if (before !== undefined) return before !== now;
    this.#seen.set(name, now);
    const [oldest] = this.#seen.keys();
    if (this.#seen.size > KEPT_MAX && oldest !== undefined) this.#seen.delete(oldest);
    return false;
  }
}
