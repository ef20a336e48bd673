import { TEST_CARDS } from '../checkout/test-cards.ts';

/** How far a visitor has been shown around; `done` for whoever has seen it all or does not want to. */
export type Progress = 'new' | 'explained' | 'done';

export interface VisitFacts {
  readonly itemsInCart: number;
  readonly isAtCheckout: boolean;
  readonly isNetworkFlaky: boolean;
  readonly isPaying: boolean;
  /** It has stopped trying without an outcome. */
  readonly isUnknown: boolean;
  /** The last payment carries one, so that the shop can be asked and can tell a repeat. */
  readonly hasKey: boolean;
  /** The card that was paid with said no. */
  readonly isDeclined: boolean;
  /** Of the payment that is in sight. */
  readonly requests: number;
  readonly executions: number;
  readonly charges: number;
}

export interface Step {
  /** From 1. */
  readonly number: number;
  /** Says all that is needed: where there is little room, it stands alone. */
  readonly title: string;
  readonly text: string;
  /** What the visitor says when it has been read; absent where doing it is the way on. */
  readonly next?: { readonly words: string; readonly progress: Progress; readonly href?: string };
}

export const STEPS_COUNT = 6;

const [{ name: CARD_THAT_WORKS }] = TEST_CARDS;

/** The one thing to do next, or null when there is nothing left to show. It follows what the visitor does. */
export function stepOf(progress: Progress, facts: VisitFacts): Step | null {
  if (progress === 'done') return null;
  return whatHappened(progress, facts) ?? whatToDo(progress, facts);
}

/** A payment that has something to show goes before anything there is to do. */
function whatHappened(progress: Progress, facts: VisitFacts): Step | null {
  const { isPaying, isUnknown, hasKey, requests, executions, charges } = facts;
  if (charges > 1) {
    return {
      number: 6,
      title: 'That is what the key is for',
      text: 'Same network, same tap, but no key: the shop could not tell a repeat from a new order.',
      next: { words: 'Scenarios', progress: 'done', href: '/scenarios' },
    };
  }
  if (isPaying) {
    return {
      number: 3,
      title: 'Watch the requests, and the charges',
      text: hasKey
        ? 'Every try is a request. Only one of them may become a charge.'
        : 'Every try is a request, and without a key each of them may become a charge.',
    };
  }
  if (isUnknown) {
    return {
      number: 3,
      title: hasKey ? 'The phone does not know. Ask the shop.' : 'The phone does not know.',
      text: hasKey
        ? 'Check again sends the same key, so it is safe whatever became of the first request.'
        : 'Without a key nobody can ask the shop, and sending it again may be a second charge.',
    };
  }
  // More executions than one are more keys than one: the first card was declined, say.
  if (progress === 'new' && requests > 1 && executions === 1 && charges === 1) {
    return {
      number: 4,
      title: `${requests} requests, 1 charge`,
      text: 'One tap, one key: every repeat carried it, so the shop knew each for a repeat and charged nothing more.',
      next: { words: 'Next', progress: 'explained' },
    };
  }
  return null;
}

function whatToDo(progress: Progress, facts: VisitFacts): Step {
  const { itemsInCart, isAtCheckout, executions, charges } = facts;
  const isExplained = progress === 'explained';
  if (isAtCheckout) return isExplained ? withoutKey(facts) : withKey(facts);
  if (itemsInCart > 0) {
    return {
      number: isExplained ? 5 : 1,
      title: 'Open your cart, then Checkout',
      text: 'The cart is at the top of the phone.',
    };
  }
  if (isExplained) {
    return { number: 5, title: 'Now without the key', text: 'Buy something once more, this time with Protection off.' };
  }
  if (charges > 0) {
    const whyAgain = executions > 1 ? 'more than one request was carried out' : 'nothing got lost';
    return {
      number: 1,
      title: 'Buy once more, on a flaky network',
      text: `This time ${whyAgain}. The switch is at the checkout.`,
    };
  }
  return {
    number: 1,
    title: 'Add the Field Notes to your cart',
    text: 'Nothing here is real: no card, no money, no parcel.',
  };
}

function withoutKey({ isNetworkFlaky, isDeclined }: VisitFacts): Step {
  const network = isNetworkFlaky ? '' : 'Flaky network on, ';
  const title = isDeclined
    ? `${CARD_THAT_WORKS}, ${network}Protection off, then tap Pay`
    : `${network || 'Turn '}Protection off, then tap Pay`;
  return { number: 5, title, text: 'The tries go out without a key. Watch the charges.' };
}

function withKey({ isNetworkFlaky, isDeclined, hasKey }: VisitFacts): Step {
  // Before anything else: a card that says no would say it on any network.
  if (isDeclined) {
    return {
      number: 2,
      title: `Choose ${CARD_THAT_WORKS}, then tap Pay`,
      text: hasKey ? 'A new card gets a new key.' : 'The card that said no took no money.',
    };
  }
  return isNetworkFlaky
    ? {
        number: 2,
        title: 'Now tap Pay',
        text: 'Any email will do. The network is going to lose an answer or two.',
      }
    : {
        number: 2,
        title: 'Turn on Flaky network, then tap Pay',
        text: 'Scroll down: the switch is at the end of the checkout.',
      };
}
