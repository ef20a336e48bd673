import type { Attempt } from '@payonce/trpc-idempotency/client';

/** What one Pay click sends, always the whole of it, so that a retry and a reload can send the very same. */
export interface PaymentInput {
  readonly cartId: string;
  readonly cartVersion: number;
  readonly paymentMethod: string;
  readonly expectedTotalMinor: number;
  readonly email: string;
}

/** A payment as the screen speaks of it. `reference` is its idempotency key; without protection there is none. */
export interface PaymentAttempt {
  readonly reference: string | null;
  readonly input: PaymentInput;
  /** When Pay was clicked. */
  readonly startedAt: number;
}

/** One request of an attempt, as this browser saw it. */
export interface Try {
  readonly number: number;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly ending: 'waiting' | 'no_answer' | 'busy' | 'in_use' | 'answered';
  /** What is waited after it; null when nothing follows. */
  readonly wait: TryWait | null;
}

/** The pause between two tries, and what it is made of. */
export interface TryWait {
  readonly waitMs: number;
  /** The jitter as it was drawn. */
  readonly drawnMs: number;
  /** What the shop asked for, under the draw; null when it said nothing. */
  readonly retryAfterMs: number | null;
  /** What kept the next try from being sent when the pause was over; absent while nothing has. */
  readonly heldUpBy?: 'offline' | 'shop_silent';
}

/**
 * ready ─► sending ─► paid | declined | refused                    the answer came
 *             │
 *             ├─► no_answer ─► retrying ─► (as sending)            it did not: same key, once more
 *             ├─► in_progress ─► (as sending)                      the first request is still being worked on
 *             ├─► offline ─► (as sending)                          nothing is sent until the browser is back
 *             ├─► shop_silent ─► (as sending)                      nothing is sent while the breaker is open
 *             └─► unknown ─► Check again ─► (as sending)           we stopped, and do not know
 * looking_up                                                       after a reload: the same, before any Pay button;
 *                                                                  or the buyer wants to be rid of what is unknown
 */
export type PaymentState =
  | { readonly kind: 'ready' }
  | { readonly kind: 'looking_up'; readonly attempt: PaymentAttempt; readonly toLetGo?: true }
  | { readonly kind: 'sending'; readonly attempt: PaymentAttempt; readonly backOnline?: true }
  | { readonly kind: 'no_answer'; readonly attempt: PaymentAttempt; readonly waitMs: number }
  | {
      readonly kind: 'retrying';
      readonly attempt: PaymentAttempt;
      readonly waitMs: number | null;
      readonly backOnline?: true;
    }
  | { readonly kind: 'offline'; readonly attempt: PaymentAttempt }
  | { readonly kind: 'shop_silent'; readonly attempt: PaymentAttempt; readonly waitMs: number }
  | { readonly kind: 'in_progress'; readonly attempt: PaymentAttempt; readonly backOnline?: true }
  | { readonly kind: 'unknown'; readonly attempt: PaymentAttempt; readonly notLetGo?: NotLetGo }
  | { readonly kind: 'paid'; readonly cartId: string; readonly orderId: string }
  | { readonly kind: 'declined'; readonly reason: string; readonly extras: Extras }
  | { readonly kind: 'refused'; readonly reason: string; readonly extras: Extras; readonly input: PaymentInput };

/** Why an attempt that its buyer wants to be rid of stays. */
export type NotLetGo = 'still_working' | 'no_answer';

/** What an error carries beside its reason: `declineCode`, `quote`, `orderId`, `sku`. */
export type Extras = Readonly<Record<string, unknown>>;

/** A request is on its way or about to be: nothing that could change the payment may be touched. */
export function isUnderWay(state: PaymentState): boolean {
  switch (state.kind) {
    case 'looking_up':
    case 'sending':
    case 'no_answer':
    case 'retrying':
    case 'offline':
    case 'shop_silent':
    case 'in_progress':
      return true;
    case 'ready':
    case 'unknown':
    case 'paid':
    case 'declined':
    case 'refused':
      return false;
  }
}

/** Under way, or stopped without an outcome: the cart belongs to this attempt until it has one. */
export function isOpen(state: PaymentState): boolean {
  return isUnderWay(state) || state.kind === 'unknown';
}

export type UnknownState = Extract<PaymentState, { kind: 'looking_up' | 'unknown' }>;

/** The state, if its screen is the one of an outcome that nobody knows; asking whether it may be let go is part of it. */
export function unknownIn(state: PaymentState): UnknownState | null {
  return state.kind === 'unknown' || (state.kind === 'looking_up' && state.toLetGo) ? state : null;
}

/** What is under way or unknown in a state; null when its outcome is known. */
export function attemptIn(state: PaymentState): PaymentAttempt | null {
  return 'attempt' in state ? state.attempt : null;
}

/** Whether an attempt pays what a tap on Pay means: the same cart as it stands, for as much, in the same way. */
export function isFor({ input }: PaymentAttempt, wish: PaymentInput): boolean {
  const names = ['cartId', 'cartVersion', 'paymentMethod', 'expectedTotalMinor'] as const;
  return names.every((name) => input[name] === wish[name]);
}

export function attemptOf({ key, input, createdAt }: Attempt<PaymentInput>): PaymentAttempt {
  return { reference: key, input, startedAt: createdAt };
}
