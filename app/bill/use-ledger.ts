'use client';

import { useQuery } from '@tanstack/react-query';
import { isOpen } from '../checkout/payment-state.ts';
import { usePayment } from '../checkout/use-payment.ts';
import { client } from '../client.ts';
import { useIsDemo } from '../site/demo.tsx';

/** While a payment is open the bill is asked for this often: often enough to look live, twice a second at most. */
const OPEN_EVERY_MS = 500;

export interface BillCount {
  readonly requests: number;
  /** Requests that were carried out: more than one where there was more than one key, or none. */
  readonly executions: number;
  readonly charges: number;
  /** What left the card altogether. */
  readonly moneyMinor: number;
}

/** What the shop received and what the provider charged for one cart: the server's count, never this browser's. */
export function useLedger(cartId: string | null): BillCount {
  const { state } = usePayment();
  const isDemo = useIsDemo();
  const ledger = useQuery({
    queryKey: ['ledger', cartId],
    queryFn: ({ signal }) => client().shop.backstage.ledger.query({ cartId: cartId ?? '' }, { signal }),
    enabled: isDemo && cartId !== null && cartId !== '',
    refetchInterval: isOpen(state) ? OPEN_EVERY_MS : false,
  });
  const { requests = 0, executions = 0, charges = 0, moneyMinor = 0 } = ledger.data ?? {};
  return { requests, executions, charges, moneyMinor };
}
