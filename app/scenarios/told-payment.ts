import type { Payment } from '../checkout/payment.ts';
import { isOpen, type PaymentState } from '../checkout/payment-state.ts';
import type { Say } from './scenario.ts';

/** Tells each new state of a payment in a sentence. Returns how to stop listening. */
export function tellPayment(payment: Payment, say: Say): () => void {
  let last: PaymentState | null = null;
  let wasElsewhere = false;
  const tell = () => {
    const { state, isElsewhere } = payment.getSnapshot();
    if (isElsewhere && !wasElsewhere) say('Page', 'Sees that another page is paying this, and shows that payment.');
    wasElsewhere = isElsewhere;
    // What another page has said is said already.
    if (isElsewhere && isOpen(state)) return;
    const words = state === last ? null : stateWords(state);
    last = state;
    if (words) say('Page', words);
  };
  tell();
  return payment.subscribe(tell);
}

/** What only the page knows; what it sends and what comes back is heard on the network. */
function stateWords(state: PaymentState): string | null {
  switch (state.kind) {
    case 'looking_up':
      return 'Finds a payment that was not finished. Before anything is sent, it asks what became of it.';
    case 'no_answer':
    case 'retrying':
      if (state.waitMs === null) return null;
      return state.attempt.reference
        ? `No final answer. The same key goes out again in ${seconds(state.waitMs)}.`
        : `No final answer. The same order goes out again in ${seconds(state.waitMs)}, without a key.`;
    case 'offline':
      return 'The browser is offline, so nothing is sent.';
    case 'shop_silent':
      return `The shop is not answering anybody. Nothing is sent for ${seconds(state.waitMs)}.`;
    case 'unknown':
      return state.attempt.reference
        ? 'Stops trying, and says what is true: not known yet.'
        : 'Stops trying. Without a key nobody can ask what became of it.';
    case 'paid':
      return 'Shows the receipt.';
    case 'declined':
      return 'Says that the card was declined and nothing was charged.';
    case 'refused':
      return 'Says that it was refused and nothing was charged.';
    case 'ready':
    case 'sending':
    case 'in_progress':
      return null;
  }
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(1)} s`;
}

/** How often the page's own "Check again" is pressed before the run is told as not known. */
const CHECKS_MAX = 4;

/** Waits until the outcome is known. Where the page has stopped, it presses Check again, as its words ask for. */
export async function untilKnown(payment: Payment, say: Say): Promise<PaymentState> {
  for (let checks = 0; ; checks += 1) {
    const state = await untilClosed(payment);
    const mayCheck = state.kind === 'unknown' && state.attempt.reference !== null && checks < CHECKS_MAX;
    if (!mayCheck) return state;
    say('You', 'Press Check again: the same key, so it cannot charge twice.');
    await payment.checkAgain();
  }
}

/** Resolves when nothing is under way: an outcome, or stopped without one. */
function untilClosed(payment: Payment): Promise<PaymentState> {
  return new Promise((resolve) => {
    const look = () => {
      const { state } = payment.getSnapshot();
      if (isOpen(state) && state.kind !== 'unknown') return;
      stop();
      resolve(state);
    };
    const stop = payment.subscribe(look);
    look();
  });
}
