import type { Clock } from '../clock.ts';
import { askOutside, type Outside, type OutsideTools } from './outside.ts';

/** However much happens, others are asked about one customer once in this time. */
const ASK_EVERY_MS = 1_000;

/** While the provider does not answer, which may last, and with nothing else going on. */
const ASK_SILENT_EVERY_MS = 5_000;

/** A fast answer is shown at once; a slow one is shown when it comes, and holds nothing up. */
const WAIT_MS = 250;

/** Customers whose last answer is kept. */
const KEPT_MAX = 500;

export interface Question {
  readonly principal: string;
  readonly addresses: readonly string[];
  /** Changes whenever something has come to an end that others know of too, such as a payment. */
  readonly occasion: string;
  /** Something is under way, so that their answer may change before ours does. */
  readonly isMoving: boolean;
}

export interface OutsideLook {
  readonly outside: Outside | undefined;
  /** Whether what it says is of this occasion. */
  readonly isFresh: boolean;
  /** When to look again; null when nothing is expected. */
  readonly lookAgainMs: number | null;
}

interface Kept {
  outside: Outside | undefined;
  /** What the answer is of. */
  occasion: string | undefined;
  askedAt: number;
  movingSince: number | undefined;
  asking: Promise<void> | undefined;
}

/** What others say of each customer, asked only when there is a reason to, and never more than once a second. */
export class OutsideView {
  readonly #tools: OutsideTools;
  readonly #clock: Clock;
  readonly #kept = new Map<string, Kept>();

  constructor(tools: OutsideTools, clock: Clock) {
    this.#tools = tools;
    this.#clock = clock;
  }

  /** @param whenMoreIsKnown called when an answer comes that this look did not wait for. */
  async look(question: Question, whenMoreIsKnown: () => void): Promise<OutsideLook> {
    const kept = this.#keptOf(question.principal);
    const now = this.#clock();
    kept.movingSince = question.isMoving ? (kept.movingSince ?? now) : undefined;
    if (kept.asking === undefined && now >= dueAt(kept, question)) this.#ask(kept, question);
    if (kept.asking !== undefined) await this.#awhile(kept.asking, whenMoreIsKnown);
    const isFresh = kept.occasion === question.occasion && kept.outside?.isKnown === true;
    return { outside: kept.outside, isFresh, lookAgainMs: lookAgainIn(kept, question) };
  }

  #ask(kept: Kept, question: Question): void {
    kept.askedAt = this.#clock();
    kept.asking = askOutside(this.#tools, question, kept.outside).then((outside) => {
      kept.outside = outside;
      kept.occasion = question.occasion;
      kept.asking = undefined;
    });
  }

  async #awhile(asking: Promise<void>, whenMoreIsKnown: () => void): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), WAIT_MS);
    });
    if ((await Promise.race([asking, late])) === 'late') void asking.then(whenMoreIsKnown);
    clearTimeout(timer);
  }

  #keptOf(principal: string): Kept {
    const kept = this.#kept.get(principal) ?? {
      outside: undefined,
      occasion: undefined,
      askedAt: Number.NEGATIVE_INFINITY,
      movingSince: undefined,
      asking: undefined,
    };
    // Moved to the end, so that what is forgotten is what nobody has looked at for longest.
    this.#kept.delete(principal);
    this.#kept.set(principal, kept);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT_MAX && oldest !== undefined) this.#kept.delete(oldest);
    return kept;
  }
}

/**
 * News is asked about at once. What is only under way is asked about when it has lasted a while: asked at its beginning,
 * nobody knows of it yet, and the answer at its end would have to wait.
 */
function dueAt({ askedAt, movingSince, occasion, outside }: Kept, question: Question): number {
  if (occasion !== question.occasion) return askedAt + ASK_EVERY_MS;
  if (movingSince !== undefined) return Math.max(askedAt, movingSince) + ASK_EVERY_MS;
  return outside?.isKnown ? Number.POSITIVE_INFINITY : askedAt + ASK_SILENT_EVERY_MS;
}

function lookAgainIn(kept: Kept, question: Question): number | null {
  if (kept.asking !== undefined) return null;
  if (question.isMoving || kept.occasion !== question.occasion) return ASK_EVERY_MS;
  return kept.outside?.isKnown ? null : ASK_SILENT_EVERY_MS;
}
