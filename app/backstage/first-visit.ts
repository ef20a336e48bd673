/** How far a visitor has been shown around; `done` for whoever has seen it all or does not want to. */
export type Progress = 'new' | 'explained' | 'done';

export interface VisitFacts {
  readonly itemsInCart: number;
  readonly isAtCheckout: boolean;
  readonly isNetworkFlaky: boolean;
  readonly isPaying: boolean;
  /** Of the payment that is in sight. */
  readonly requests: number;
  readonly charges: number;
}

export interface Step {
  /** From 1. */
  readonly number: number;
  readonly title: string;
  readonly text: string;
  /** What the visitor says when it has been read; absent where doing it is the way on. */
  readonly next?: { readonly words: string; readonly progress: Progress };
}

export const STEPS_COUNT = 6;

/** The one thing to do next, or null when there is nothing left to show. It follows what the visitor does. */
export function stepOf(progress: Progress, facts: VisitFacts): Step | null {
  const { itemsInCart, isAtCheckout, isNetworkFlaky, isPaying, requests, charges } = facts;
  if (progress === 'done') return null;
  if (charges > 1) {
    return {
      number: 6,
      title: 'That is what the key is for',
      text: 'Same network, same tap, but no key: the shop could not tell a repeat from a new order.',
      next: { words: 'Done', progress: 'done' },
    };
  }
  if (isPaying) {
    return {
      number: 3,
      title: 'Watch the numbers',
      text: 'Every try is a request. Only one of them may become a charge.',
    };
  }
  if (progress === 'new' && requests > 1 && charges === 1) {
    return {
      number: 4,
      title: `${requests} requests, 1 charge`,
      text: 'All of them carried the same key. The shop carried out the first that arrived and repeated its answer to the others.',
      next: { words: 'Next', progress: 'explained' },
    };
  }
  if (progress === 'explained') {
    return isAtCheckout
      ? { number: 5, title: 'Turn Protection off and pay', text: 'The tries go out without a key. Watch the charges.' }
      : { number: 5, title: 'Now without the key', text: 'Buy something once more, this time with Protection off.' };
  }
  if (isAtCheckout) {
    return isNetworkFlaky
      ? { number: 2, title: 'Tap Pay', text: 'The network is going to lose what it can.' }
      : {
          number: 2,
          title: 'Turn on Flaky network, then tap Pay',
          text: 'You find the switch at the end of the checkout.',
        };
  }
  return itemsInCart > 0
    ? { number: 1, title: 'Open your cart, then Checkout', text: 'The cart is at the top of the phone.' }
    : {
        number: 1,
        title: 'Add the Field Notes to your cart',
        text: 'Nothing here is real: no card, no money, no parcel.',
      };
}
