/**
 * `2490` → `€24.90`. Money is integer minor units everywhere else; this is the only place that divides.
 *
 * Written out, as Intl has it for Ireland: making the browser's own formatter is the longest single thing that a phone
 * would do before the shop answers a tap, and the shop knows one currency.
 */
export function formatMoney(amountMinor: number): string {
  const digits = String(Math.abs(amountMinor)).padStart(3, '0');
  const euros = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${amountMinor < 0 ? '-' : ''}€${euros}.${digits.slice(-2)}`;
}
