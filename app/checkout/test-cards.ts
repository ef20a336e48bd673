/** A saved card: the token is all that is ever sent, the number stays with the provider. */
export interface TestCard {
  readonly paymentMethod: string;
  readonly name: string;
  readonly hint: string;
}

/** Stripe's test tokens, and a slow bank that only the sandbox has. */
export const TEST_CARDS: readonly [TestCard, ...TestCard[]] = [
  { paymentMethod: 'pm_card_visa', name: 'Visa •••• 4242', hint: 'Works' },
  { paymentMethod: 'pm_card_chargeDeclined', name: 'Visa •••• 0002', hint: 'Declined' },
  { paymentMethod: 'pm_card_visa_chargeDeclinedInsufficientFunds', name: 'Visa •••• 9995', hint: 'Too little money' },
  { paymentMethod: 'pm_card_slowBank', name: 'Visa •••• 6000', hint: 'Slow bank, 6 s' },
];

/** How a card is called on the receipt. */
export function cardName(paymentMethod: string): string {
  return TEST_CARDS.find((card) => card.paymentMethod === paymentMethod)?.name ?? 'Card';
}
