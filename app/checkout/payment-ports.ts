import type { Attempts, Tabs, Turn } from '@payonce/trpc-idempotency/client';
import type { LookUp, PayOutcome } from './payment-answers.ts';
import type { PaymentAttempt, PaymentInput } from './payment-state.ts';
import type { PaymentView } from './payment-view.ts';
import type { Sending } from './send-payment.ts';

/** What a payment needs of the world around it. */
export interface PaymentPorts {
  /** Keeps the key and the whole input from before the first byte until the outcome is known. */
  readonly attempts: Pick<Attempts<PaymentInput>, 'begin' | 'current' | 'end' | 'isDurable'>;
  /** Sends an attempt until there is an outcome or no more tries. Never rejects. */
  readonly send: (attempt: PaymentAttempt, sending: Sending) => Promise<PayOutcome>;
  /** Asks what became of a reference, without paying. Never rejects. */
  readonly lookUp: (reference: string, signal: AbortSignal) => Promise<LookUp>;
  readonly onPaid: (cartId: string) => void;
  readonly now: () => number;
  /** The other tabs of this browser. Default: there are none. */
  readonly tabs?: Tabs<PaymentView>;
  /** Whether a payment that another tab tells of is for the cart that this page shows. Default: it is. */
  readonly isOwnCart?: (cartId: string) => boolean;
}

/** The turn of a page that has no other tabs. */
export const ALONE: Turn = { release: () => undefined };
