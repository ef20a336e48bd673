import type { PaymentInput, PaymentState } from '../checkout/payment-state.ts';
import { sendPayment } from '../checkout/send-payment.ts';
import { formatMoney } from '../money/format-money.ts';
import type { Buyer } from './buyer.ts';
import type { Say } from './scenario.ts';
import type { SecondPage } from './second-page.ts';
import { untilKnown } from './told-payment.ts';

/** What a scenario is played on: a buyer of its own, and a place to say what happens. */
export interface Stage {
  readonly withKey: boolean;
  readonly buyer: Buyer;
  readonly say: Say;
  /** Somebody else, with carts and keys of their own. */
  secondBuyer(): Buyer;
  /** The same buyer in a second document. */
  secondPage(): Promise<SecondPage>;
  /** Fills a fresh cart, whose bill is what the run is judged by. */
  wishes(wish: Wish): Promise<PaymentInput>;
  /** One tap on Pay, until the outcome is known. */
  pays(input: PaymentInput, buyer?: Buyer): Promise<PaymentState>;
  /** One tap on "Send it again", which is all that a page without a key can offer. */
  sendsAgain(): Promise<void>;
  /** Two taps in one moment. Without protection the button is not locked either. */
  tapsTwice(input: PaymentInput): Promise<void>;
  /** The last attempt once more with another total, past the page that would not do it. */
  sendsOtherTotal(): Promise<void>;
}

interface Wish {
  readonly sku: string;
  /** Default: a card that works. */
  readonly card?: string;
  /** Default: the first buyer. */
  readonly buyer?: Buyer;
}

export interface StageParts extends Pick<Stage, 'withKey' | 'buyer' | 'say' | 'secondBuyer' | 'secondPage'> {
  /** Called for each cart that the run fills. */
  readonly onCart: (cartId: string, buyer: Buyer) => void;
}

export function createStage({ onCart, ...parts }: StageParts): Stage {
  const { withKey, buyer: first, say } = parts;
  return {
    ...parts,
    async wishes({ sku, card, buyer = first }) {
      const input = await buyer.wishes(sku, card);
      onCart(input.cartId, buyer);
      buyer.say('You', `Fill a fresh cart: ${formatMoney(input.expectedTotalMinor)}.`);
      return input;
    },
    async pays(input, buyer = first) {
      buyer.say('You', withKey ? 'Tap Pay. One key is made for this tap.' : 'Tap Pay. No key is made.');
      await buyer.payment.pay(input, { withKey });
      return untilKnown(buyer.payment, buyer.say);
    },
    async sendsAgain() {
      say('You', 'Tap Send it again. It is a new order, as far as the shop can know.');
      await first.payment.checkAgain();
      await untilKnown(first.payment, say);
    },
    async tapsTwice(input) {
      say('You', 'Tap Pay twice, in one moment.');
      const taps = [first.payment, withKey ? first.payment : first.forgetfulPayment()];
      await Promise.all(taps.map((payment) => payment.pay(input, { withKey })));
      await Promise.all(taps.map((payment) => untilKnown(payment, say)));
    },
    async sendsOtherTotal() {
      const attempt = first.lastAttempt();
      if (!attempt) throw new Error('nothing was sent yet');
      const input = { ...attempt.input, expectedTotalMinor: attempt.input.expectedTotalMinor - CHEAPER_BY_MINOR };
      say('World', `Somebody sends the same request, with ${formatMoney(input.expectedTotalMinor)} written in it.`);
      const sending = { observe: () => undefined, sentBefore: true, triesBefore: 1 };
      await sendPayment(first.shop, { ...attempt, input }, sending);
    },
  };
}

/** Two euros: enough to see, and still a total that could be one. */
const CHEAPER_BY_MINOR = 200;
