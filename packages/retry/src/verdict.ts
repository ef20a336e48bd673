/** Why a failed call is worth another one. */
export type RetryWhy =
  | 'no-answer'
  | 'timeout'
  | 'body-cut'
  | 'in-use'
  | 'too-early'
  | 'throttled'
  | 'unavailable'
  | 'internal'
  | 'server-advice';

/** Why it is not. */
export type StopWhy = 'refused' | 'server-advice' | 'unrecognised';

/** What a failure means for the loop. A classifier answers one of these and decides nothing else. */
export type Verdict =
  | {
      readonly kind: 'retry';
      readonly why: RetryWhy;
      /** What the retry uses up: one of the attempts, or only the time that is left. */
      readonly uses: 'attempt' | 'deadline';
      /** The least wait that the server asked for. */
      readonly retryAfterMs?: number;
      /** How many retries this `why` is worth in all, when fewer than the attempts allow. */
      readonly retriesMax?: number;
    }
  | {
      readonly kind: 'stop';
      readonly why: StopWhy;
    };

export type Classify = (error: unknown) => Verdict;
