import { formatMoney } from '../money/format-money.ts';
import type { Extras, PaymentState } from './payment-state.ts';

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
      return null;
    case 'looking_up':
      return 'Looking up your last payment.';
    case 'sending':
      return 'Sending your payment.';
    case 'no_answer':
      return state.attempt.reference
        ? 'No answer yet. We don’t know if it went through, so we are checking with the same reference.'
        : 'No answer yet. We don’t know if it went through, so we are sending it again.';
    case 'retrying':
      return `${retryWords(tryNumber, secondsLeft)} ${
        state.attempt.reference
          ? 'You can’t be charged twice for this.'
          : 'Without protection, each try can charge you.'
      }`;
    case 'offline':
      return 'You’re offline. Nothing more is sent until you’re back.';
    case 'in_progress':
      return 'Your first request is still being processed.';
    case 'paid':
      return 'Paid.';
    case 'unknown':
      return null;
  }
}

function retryWords(tryNumber: number, secondsLeft: number | null): string {
  if (secondsLeft === null || secondsLeft < 1) return `Trying again, try ${tryNumber}.`;
  return `Trying again in ${secondsLeft} s.`;
}

/** What needs the buyer: shown as an alert beside the button, never as something that vanishes. */
export function alarmWords(state: PaymentState): Alarm | null {
  switch (state.kind) {
    case 'declined':
      return { title: 'The card was declined', text: declineWords(state.reason, state.extras) };
    case 'refused':
      return refusalWords(state.reason, state.extras, state.input.expectedTotalMinor);
    case 'unknown':
      return {
        title: 'We don’t know the result yet',
        text: state.attempt.reference
          ? 'We stopped trying. Check again before paying again: it uses the same reference, so you can’t be charged twice.'
          : 'We stopped trying. Without protection nobody can tell whether you were charged.',
      };
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
