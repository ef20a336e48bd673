const EURO = new Intl.NumberFormat('en-IE', { style: 'currency', currency: 'EUR' });

/** `2490` → `€24.90`. Money is integer minor units everywhere else; this is the only place that divides. */
export function formatMoney(amountMinor: number): string {
  return EURO.format(amountMinor / 100);
}
