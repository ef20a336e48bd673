import { formatMoney } from '../money/format-money.ts';
import type { Extras, NotLetGo, PaymentAttempt, PaymentState, TryWait } from './payment-state.ts';

export interface Alarm {
  readonly title: string;
  readonly text: string;
  /** Where the words lead, when there is something to see. */
  readonly orderId?: string;
}

/** The polite line under the form: what is happening, and whether it is safe. Null when there is nothing to say. */
export function statusWords(state: PaymentState, tryNumber: number, secondsLeft: number | null): string | null {
  switch (state.kind) {
    case 'ready':
    case 'declined':
    case 'refused':
    case 'unknown':
      return null;
    case 'looking_up':
      return 'Looking up your last payment.';
    case 'sending':
      return `${back(state)}Sending your payment.`;
    case 'no_answer':
      return state.attempt.reference
        ? 'No answer yet. We don’t know if it went through, so we are checking with the same reference.'
        : 'No answer yet. We don’t know if it went through, so we are sending it again.';
    case 'retrying':
      return `${back(state)}${retryWords(tryNumber, secondsLeft)} ${
        state.attempt.reference
          ? 'You can’t be charged twice for this.'
          : 'Without protection, each try can charge you.'
      }`;
    case 'offline':
      return 'You’re offline. Nothing more is sent until you’re back; then it goes on by itself.';
    case 'shop_silent':
      return `The shop is not answering. We wait ${secondsLeft} s before we ask again, so that it can recover.`;
    case 'in_progress':
      return `${back(state)}Your first request is still being processed.`;
    case 'paid':
      return 'Paid.';
  }
}

function back({ backOnline }: { readonly backOnline?: true }): string {
  return backOnline ? 'You’re back online. ' : '';
}

function retryWords(tryNumber: number, secondsLeft: number | null): string {
  if (secondsLeft === null || secondsLeft < 1) return `Trying again, try ${tryNumber}.`;
  return `Trying again in ${secondsLeft} s.`;
}

/** What needs the buyer: shown as an alert beside the button, never as something that vanishes. Unknown has a screen. */
export function alarmWords(state: PaymentState): Alarm | null {
  switch (state.kind) {
    case 'declined':
      return { title: 'The card was declined', text: declineWords(state.reason, state.extras) };
    case 'refused':
      return refusalWords(state.reason, state.extras, state.input.expectedTotalMinor);
    default:
      return null;
  }
}

function declineWords(reason: string, extras: Extras): string {
  if (extras.declineCode === 'insufficient_funds') {
    return 'There is not enough money on it. Nothing was charged. Choose another card.';
  }
  switch (reason) {
    case 'authentication_required':
      return 'The bank wants to hear from you first, which this shop cannot show. Nothing was charged. Choose another card.';
    case 'payment_method_invalid':
      return 'The provider cannot use it. Nothing was charged. Choose another card.';
    default:
      return 'The bank said no and gave no reason. Nothing was charged. Choose another card.';
  }
}

function refusalWords(reason: string, extras: Extras, expectedTotalMinor: number): Alarm {
  switch (reason) {
    case 'out_of_stock':
      return { title: 'Sold out a moment ago', text: 'Somebody else got the last one. Nothing was charged.' };
    case 'total_changed':
      return {
        title: 'The total changed',
        text: `It was ${formatMoney(expectedTotalMinor)}${newTotalWords(extras)}. Nothing was charged. Pay again if you agree.`,
      };
    case 'already_ordered':
      return {
        title: 'This cart is paid already',
        text: 'Nothing was charged by this request.',
        ...(typeof extras.orderId === 'string' ? { orderId: extras.orderId } : {}),
      };
    case 'payment_in_progress':
      return {
        title: 'This cart is being paid',
        text: 'A payment for it is under way, perhaps in another tab. Nothing was charged by this request.',
      };
    case 'payment_expired':
      return {
        title: 'It came back too late',
        text: 'The payment was cancelled and nothing was charged. You can pay again.',
      };
    case 'answer_forgotten':
      return {
        title: 'Your last payment is too old to look up',
        text: 'If it went through, its receipt is in your mail. Nothing was charged by asking.',
      };
    case 'never_arrived':
      return {
        title: 'The shop has not seen your payment',
        text: 'Nothing was charged. Change what you like and pay again. Should the first request still arrive, this cart is paid only once.',
      };
    case 'idempotency_key_reused':
      return { title: 'The order changed', text: 'Nothing was charged by this request. You can pay again.' };
    case 'cart_empty':
    case 'not_found':
      return { title: 'The shop has no such cart', text: 'Nothing was charged. Go back to your cart and try again.' };
    default:
      return { title: 'The payment was refused', text: `Nothing was charged (${reason}). You can try again.` };
  }
}

function newTotalWords({ quote }: Extras): string {
  const total = (quote as { totalMinor?: unknown } | undefined)?.totalMinor;
  return typeof total === 'number' ? ` and is ${formatMoney(total)} now` : '';
}

/**
 * Why there is no total. A shop that has no cart of ours just after it was saved takes each request for somebody else's:
 * that is a browser which refuses cookies.
 */
export function noTotalWords(reason: string | null): string {
  return reason === 'not_found'
    ? 'The shop cannot tell who you are: this browser keeps no cookie. Allow cookies here and try again. Nothing was charged.'
    : 'The total could not be worked out. Nothing was charged.';
}

/** How a wait came about: nobody draws the same, so that buyers who failed together do not come back together. */
export function waitWords({ drawnMs, retryAfterMs }: Pick<TryWait, 'drawnMs' | 'retryAfterMs'>): string {
  const drawn = `${seconds(drawnMs)} drawn at random`;
  return retryAfterMs ? `${seconds(retryAfterMs)} asked for by the shop, and ${drawn}` : drawn;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(1)} s`;
}

/** The words of the screen for an outcome that nobody knows yet. */
export function unknownWords({ reference }: PaymentAttempt): { readonly means: string; readonly next: string } {
  if (reference === null) {
    return {
      means: 'The last answer never came. It may have been charged, and it may not: without protection nobody can ask.',
      next: 'Sending it again may charge you again. That is what a reference is for.',
    };
  }
  return {
    means: 'The last answer never came, and we stopped trying. You may have been charged once, or not at all.',
    next: 'Check again before paying again. It asks with the same reference, so you can’t be charged twice.',
  };
}

/** Why the order cannot be changed yet, to a buyer who asked for it. */
export function notLetGoWords(reason: NotLetGo): string {
  const why = reason === 'still_working' ? 'The shop is still working on it' : 'No answer came from the shop';
  return `${why}, so the order cannot be changed yet. Check again in a moment.`;
}
