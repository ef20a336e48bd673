/** What can go wrong on the way, in the order the settings show it. All but the last are made in the page, below everything else. */
export const TROUBLES = [
  'lose_request',
  'lose_response',
  'cut_midway',
  'delay',
  'duplicate',
  'offline',
  'answer_503',
  'answer_429',
  'cut_socket',
] as const;

export type Trouble = (typeof TROUBLES)[number];

export const isTrouble = (name: unknown): name is Trouble => TROUBLES.some((trouble) => trouble === name);

/** What happens to one try of a payment. */
export type Mishap =
  | { readonly kind: Exclude<Trouble, 'delay' | 'offline' | 'answer_429'> }
  | { readonly kind: 'delay'; readonly delayMs: number }
  | { readonly kind: 'offline'; readonly offlineMs: number }
  | { readonly kind: 'answer_429'; readonly retryAfterSeconds: number };

/** The tries that can go wrong. The client makes five, so at least two are left for it to come through. */
export const MISHAPS_MAX = 3;

/** Long enough to be felt, below the client's 5 s limit for one try: a delay is a delay and not a lost answer. */
const DELAY_MS = { min: 800, max: 3_200 } as const;
/** Longer than the client waits after any of the first three tries, so that it always finds itself offline. */
const OFFLINE_MS = { min: 2_500, max: 4_500 } as const;
/** Whole seconds, as most servers send it. */
const RETRY_AFTER_SECONDS_MAX = 3;

/** @param drawn uniform in [0, 1): how bad it is, within what the trouble allows. */
export function mishapOf(kind: Trouble, drawn: number): Mishap {
  switch (kind) {
    case 'delay':
      return { kind, delayMs: within(DELAY_MS, drawn) };
    case 'offline':
      return { kind, offlineMs: within(OFFLINE_MS, drawn) };
    case 'answer_429':
      return { kind, retryAfterSeconds: 1 + Math.floor(drawn * RETRY_AFTER_SECONDS_MAX) };
    default:
      return { kind };
  }
}

function within({ min, max }: { readonly min: number; readonly max: number }, drawn: number): number {
  return Math.round(min + drawn * (max - min));
}

/** After these the answer still comes, so there is no further try to disturb. */
export function letsThrough(kind: Trouble): boolean {
  return kind === 'delay' || kind === 'duplicate';
}
