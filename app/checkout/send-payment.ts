import type { Hurry, RetryEvent } from '@payonce/retry';
import { isDefinite } from '@payonce/trpc-idempotency/client';
import type { Shop } from '../trpc/create-shop.ts';
import { errorData, reasonOf } from '../trpc/error-reason.ts';
import type { LookUp, PayOutcome, TryEvent } from './payment-answers.ts';
import type { Extras, PaymentAttempt } from './payment-state.ts';

export interface Sending {
  readonly observe: (event: TryEvent) => void;
  /** An earlier request of this attempt may have reached the shop: before a reload, or before we had stopped. */
  readonly sentBefore: boolean;
  /** Requests of this attempt that this page has made: the next ones are numbered from there. */
  readonly triesBefore: number;
  /** The buyer wants no more tries. What was sent stays sent, so the outcome is unknown then. */
  readonly signal?: AbortSignal;
  /** The buyer wants the next try now. */
  readonly hurry?: Hurry;
}

/**
 * Sends an attempt through the retry link and puts what comes of it in the payment's words. Never rejects.
 *
 * Once a request has gone without an answer, money may have moved. From then on only an answer about that key ends the
 * attempt: one that was given before the shop looked at it, such as a lost session, says nothing of what came first.
 */
export async function sendPayment(
  shop: Shop,
  { reference, input }: PaymentAttempt,
  { observe, sentBefore, triesBefore, signal, hurry }: Sending,
): Promise<PayOutcome> {
  let mayHaveArrived = sentBefore;
  const translated = translate(observe);
  const onRetryEvent = (event: RetryEvent) => {
    if (event.kind === 'waiting') mayHaveArrived = true;
    translated(event);
  };
  const context = { onRetryEvent, triesBefore, hurry };
  const stop = signal && { signal };
  try {
    const order =
      reference === null
        ? await shop.checkout.payUnprotected.mutate(input, { context, ...stop })
        : await shop.checkout.pay.mutate(input, { context: { ...context, idempotencyKey: reference }, ...stop });
    return { kind: 'paid', orderId: order.orderId };
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === null || !isDefinite(error)) return { kind: 'unknown' };
    if (mayHaveArrived && !ABOUT_THE_KEY.has(reason)) return { kind: 'unknown' };
    return refusalOf(reason, errorData(error) ?? {});
  }
}

/** What the shop keeps under the key, and a cart that is ordered: whatever else arrives of this attempt changes nothing. */
const ABOUT_THE_KEY: ReadonlySet<string> = new Set([
  'card_declined',
  'payment_method_invalid',
  'authentication_required',
  'out_of_stock',
  'total_changed',
  'payment_expired',
  'already_ordered',
]);

/** Asks what became of a reference. What the shop has not finished or not seen is the sender's to go on with. */
export async function lookUpPayment(shop: Shop, reference: string, signal?: AbortSignal): Promise<LookUp> {
  try {
    const answer = await shop.checkout.status.query({ idempotencyKey: reference }, signal && { signal });
    switch (answer.state) {
      case 'settled':
        return { kind: 'paid', orderId: answer.result.orderId };
      case 'refused':
        return refusalOf(answer.result.reason, answer.result);
      case 'expired':
        // Sent again, the same key would start a payment that nobody has clicked for.
        return { kind: 'refused', reason: 'answer_forgotten', extras: {} };
      case 'processing':
      case 'unknown':
        return { kind: 'not_final' };
      case 'never_seen':
        return { kind: 'never_seen' };
    }
  } catch {
    return { kind: 'unknown' };
  }
}

/** What the card, and not the order, is refused for: another card can mend it. */
const DECLINES: ReadonlySet<string> = new Set(['card_declined', 'payment_method_invalid', 'authentication_required']);

function refusalOf(reason: string, extras: Extras): PayOutcome {
  return { kind: DECLINES.has(reason) ? 'declined' : 'refused', reason, extras };
}

/** The retry link's events as the screen tells them: a try, and how one ended that is followed by another. */
function translate(observe: (event: TryEvent) => void): (event: RetryEvent) => void {
  return (event) => {
    switch (event.kind) {
      case 'attempt':
        return observe({ kind: 'try' });
      case 'waiting': {
        const { why, waitMs, drawnMs, retryAfterMs = null } = event;
        return observe({ kind: 'failed', cause: causeOf(why), wait: { waitMs, drawnMs, retryAfterMs } });
      }
      case 'breaker-open':
        return observe({ kind: 'shop_silent', waitMs: event.waitMs });
      case 'offline':
        return observe({ kind: 'offline' });
      default:
        return;
    }
  };
}

function causeOf(why: string): 'no_answer' | 'busy' | 'in_use' {
  switch (why) {
    case 'in-use':
      return 'in_use';
    case 'no-answer':
    case 'timeout':
    case 'body-cut':
      return 'no_answer';
    default:
      return 'busy';
  }
}
