'use client';

import { Suspense } from 'react';
import { useLedger } from '../bill/use-ledger.ts';
import { usePayment } from '../checkout/use-payment.ts';
import { VisitHint } from './visit-hint.tsx';

/** At the lower edge of the screen, over what scrolls: it comes late and must move nothing. */
export default function PhoneHintCard() {
  const { cartId } = usePayment();
  const { requests, charges } = useLedger(cartId);
  return (
    <div className="sticky bottom-0 z-10 px-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] empty:hidden">
      <Suspense>
        <VisitHint requests={requests} charges={charges} />
      </Suspense>
    </div>
  );
}
