export interface Message {
  readonly kind: 'message';
  readonly from: 'phone' | 'shop' | 'provider';
  readonly to: 'phone' | 'shop' | 'provider';
  readonly words: string;
  /** Who speaks to whom, for those who do not see the arrow. */
  readonly spoken: string;
  readonly isLost?: boolean;
}

export type Step =
  | Message
  | {
      readonly kind: 'note';
      readonly at: 'phone' | 'shop';
      readonly words: string;
      /** The moment from which on nothing can be lost any more. */
      readonly isKept?: boolean;
    };

/** One tap on Pay whose first answer is lost. Times are left out: the order is what matters. */
export const STEPS: readonly Step[] = [
  { kind: 'note', at: 'phone', words: 'A tap on Pay. Key 3f9a is made and stored.', isKept: true },
  { kind: 'message', from: 'phone', to: 'shop', words: 'Pay, key 3f9a', spoken: 'The phone to the shop' },
  { kind: 'note', at: 'shop', words: 'Never seen: this request may run. The stock is set aside.' },
  { kind: 'message', from: 'shop', to: 'provider', words: 'Charge €24.90', spoken: 'The shop to the provider' },
  { kind: 'message', from: 'provider', to: 'shop', words: 'Charged', spoken: 'The provider to the shop' },
  {
    kind: 'note',
    at: 'shop',
    words: 'Order, mail and answer are kept under 3f9a, in one commit.',
    isKept: true,
  },
  {
    kind: 'message',
    from: 'shop',
    to: 'phone',
    words: 'Paid, but the answer is lost',
    spoken: 'The shop to the phone',
    isLost: true,
  },
  { kind: 'note', at: 'phone', words: 'No answer. The phone waits, for a time drawn by lot.' },
  { kind: 'message', from: 'phone', to: 'shop', words: 'Pay, key 3f9a again', spoken: 'The phone to the shop' },
  { kind: 'note', at: 'shop', words: 'Seen before. Nothing runs, nothing is charged.' },
  { kind: 'message', from: 'shop', to: 'phone', words: 'Paid: the kept answer', spoken: 'The shop to the phone' },
  { kind: 'note', at: 'phone', words: 'The receipt. The key has done its work.' },
];
