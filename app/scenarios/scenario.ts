import type { Stage } from './stage.ts';

/** One thing that goes wrong in a checkout: words for people, numbers that are expected, and the play itself. */
export interface Scenario {
  /** Its place on the page, `/scenarios#<id>`, and its name in tests. */
  readonly id: string;
  readonly title: string;
  /** What will happen, in one sentence. */
  readonly before: string;
  /** How it is done, where that is not plain. */
  readonly note?: string;
  /** Lines of the promise that it shows, 1 to 10. */
  readonly promises: readonly number[];
  /** It kills the shop, which only a visitor at the shop's own machine may. */
  readonly needsThisMachine?: boolean;
  readonly expected: { readonly on: Expectation; readonly off: Expectation };
  /** What protection off means here: a worse end, the same end, or something else in the place of the key. */
  readonly off: { readonly kind: 'worse' | 'same' | 'instead'; readonly words: string };
  /** Plays it on the true system. */
  play(stage: Stage): Promise<void>;
  /** What happened, told from what was measured. */
  after(truth: Truth, withKey: boolean): string;
}

export interface Expectation {
  readonly charges: number;
  /** Requests that reach the shop; absent where the draw of the waits decides. */
  readonly requests?: number;
}

/** What a run came to, each number from whoever knows it. */
export interface Truth {
  /** Requests for a payment that this browser made. */
  readonly sent: number;
  /** Requests for a payment that the shop received. */
  readonly requests: number;
  readonly replays: number;
  /** Charges in the provider's own ledger. */
  readonly charges: number;
  readonly moneyMinor: number;
  readonly orders: number;
  /** Why the shop refused, one for each request that it refused. */
  readonly refusals: readonly string[];
}

/** One step of a run as it happens. */
export interface Step {
  readonly who: 'You' | 'Network' | 'Shop' | 'Page' | 'World';
  readonly words: string;
}

export type Say = (who: Step['who'], words: string) => void;

/** One run of a scenario, as it goes and as it ended. */
export interface Run {
  readonly steps: readonly Step[];
  readonly end:
    | { readonly kind: 'playing' }
    | { readonly kind: 'measured'; readonly truth: Truth; readonly words: string }
    /** The scene could not be set or the count not be taken: nothing is claimed. */
    | { readonly kind: 'broken' };
}
