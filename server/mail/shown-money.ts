/** Integer minor units as a letter shows them: "€24.90". */
export function shownMoney(amountMinor: number, currency: string): string {
  return new Intl.NumberFormat('en-IE', { style: 'currency', currency }).format(amountMinor / 100);
}
