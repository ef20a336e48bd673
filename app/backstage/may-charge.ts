import { isOpen, type PaymentState } from '../checkout/payment-state.ts';

/** What the shop tells of its own work. */
interface AtWork {
  readonly requests: readonly { readonly cartId: string | null; readonly verdict: string }[];
  readonly keys: readonly { readonly state: string; readonly payment: { readonly cartId: string } | null }[];
}

/**
 * Whether money may still move for a cart. The phone alone cannot say so: a reload forgets a payment without a key, and
 * the shop goes on with it.
 */
export function mayCharge(cartId: string | null, state: PaymentState, shop: AtWork | null): boolean {
  if (isOpen(state)) return true;
  if (!shop) return false;
  const { requests, keys } = shop;
  return (
    requests.some((request) => request.cartId === cartId && request.verdict === 'running') ||
    keys.some((key) => key.payment?.cartId === cartId && key.state === 'pending')
  );
}
