import type { DeclineReason } from './objects.ts';

export type BankAnswer =
  | { readonly kind: 'approved' }
  | { readonly kind: 'wants_authentication' }
  | {
      readonly kind: 'declined';
      readonly code: DeclineReason;
      readonly declineCode: string | undefined;
      readonly message: string;
    };

export interface TestMethod {
  readonly brand: string;
  readonly last4: string;
  readonly bank: BankAnswer;
  /** How long the bank thinks before it answers. */
  readonly bankMs: number;
}

/** The test tokens of Stripe that the shop uses, and one of our own: a bank that is slow. Undefined: no such token. */
export function testMethod(token: string): TestMethod | undefined {
  return testMethods.get(token);
}

/** Longer than a client waits for one try (5 s) and shorter than the shop's deadline for the provider (8 s). */
const slowBankMs = 6000;

const approved: BankAnswer = { kind: 'approved' };
const generic = declined('card_declined', 'generic_decline', 'Your card was declined.');

const testMethods = new Map<string, TestMethod>([
  ['pm_card_visa', card('4242', approved)],
  ['pm_card_mastercard', card('4444', approved, { brand: 'mastercard' })],
  ['pm_card_amex', card('8431', approved, { brand: 'amex' })],
  ['pm_card_discover', card('9424', approved, { brand: 'discover' })],
  ['pm_card_visa_debit', card('5556', approved)],
  ['pm_card_slowBank', card('6000', approved, { bankMs: slowBankMs })],
  ['pm_card_authenticationRequired', card('3184', { kind: 'wants_authentication' })],
  ['pm_card_threeDSecure2Required', card('3220', { kind: 'wants_authentication' })],
  ...declining('ChargeDeclined', '0002', generic),
  ...declining(
    'ChargeDeclinedInsufficientFunds',
    '9995',
    declined('card_declined', 'insufficient_funds', 'Your card has insufficient funds.'),
  ),
  ...declining('ChargeDeclinedLostCard', '9987', declined('card_declined', 'lost_card', 'Your card was declined.')),
  ...declining('ChargeDeclinedStolenCard', '9979', declined('card_declined', 'stolen_card', 'Your card was declined.')),
  ...declining(
    'ChargeDeclinedVelocityLimitExceeded',
    '6975',
    declined('card_declined', 'card_velocity_exceeded', 'Your card has exceeded its velocity limit.'),
  ),
  ...declining('ChargeDeclinedExpiredCard', '0069', declined('expired_card', undefined, 'Your card has expired.')),
  ...declining(
    'ChargeDeclinedIncorrectCvc',
    '0127',
    declined('incorrect_cvc', undefined, "Your card's security code is incorrect."),
  ),
  ...declining(
    'ChargeDeclinedProcessingError',
    '0119',
    declined('processing_error', undefined, 'An error occurred while processing your card. Try again in a little bit.'),
  ),
]);

function card(last4: string, bank: BankAnswer, other: { brand?: string; bankMs?: number } = {}): TestMethod {
  return { brand: other.brand ?? 'visa', last4, bank, bankMs: other.bankMs ?? 0 };
}

function declined(code: DeclineReason, declineCode: string | undefined, message: string): BankAnswer {
  return { kind: 'declined', code, declineCode, message };
}

/** Stripe knows each declining card with and without the brand in its name. */
function declining(name: string, last4: string, bank: BankAnswer): [string, TestMethod][] {
  const plain = `pm_card_${name.charAt(0).toLowerCase()}${name.slice(1)}`;
  return [
    [plain, card(last4, bank)],
    [`pm_card_visa_${plain.slice('pm_card_'.length)}`, card(last4, bank)],
  ];
}
