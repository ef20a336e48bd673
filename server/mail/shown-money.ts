/** Integer minor units as a letter shows them: "€24.90". */
export function shownMoney(amountMinor: number, currency: string): string {
  let format = formats.get(currency);
  if (!format) {
    format = new Intl.NumberFormat('en-IE', { style: 'currency', currency });
    formats.set(currency, format);
  }
  return format.format(amountMinor / 100);
}

/** Making one costs more than all else that a letter needs. There are as many as the shelf has currencies. */
const formats = new Map<string, Intl.NumberFormat>();
