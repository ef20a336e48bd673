'use client';

import dynamic from 'next/dynamic';
import { usePathname } from 'next/navigation';
import { Suspense } from 'react';
import { useLedger } from '../bill/use-ledger.ts';
import { usePayment } from '../checkout/use-payment.ts';
import { useIdle } from '../phone/use-idle.ts';
import { useBeside } from './use-beside.ts';

const VisitHint = dynamic(() => import('./visit-hint.tsx').then((module) => module.VisitHint), { ssr: false });

/**
 * The steps for a first visit where the backstage is out of sight, at the lower edge of the screen: they come late and
 * must move nothing. Not in the cart, where the one thing to do is a button in the same place, and not in the
 * backstage, which has them itself.
 */
export function PhoneHint() {
  const path = usePathname();
  const isBeside = useBeside();
  const isIdle = useIdle();
  if (!isIdle || isBeside !== false || !(path === '/' || path.startsWith('/orders/'))) return null;
  return (
    <div className="sticky bottom-0 z-10 px-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] empty:hidden">
      <HintOfBill />
    </div>
  );
}

/** The same in the checkout, which is a sheet over all of that. */
export function CheckoutHint() {
  const isBeside = useBeside();
  return (
    isBeside === false && (
      <div className="shrink-0 px-3 pb-2 empty:hidden">
        <HintOfBill />
      </div>
    )
  );
}

function HintOfBill() {
  const { cartId } = usePayment();
  const bill = useLedger(cartId);
  return (
    <Suspense>
      <VisitHint bill={bill} />
    </Suspense>
  );
}
