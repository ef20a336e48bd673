'use client';

import { Suspense } from 'react';
import { useLedger } from '../bill/use-ledger.ts';
import { usePayment } from '../checkout/use-payment.ts';
import { VisitHint } from './visit-hint.tsx';

export default function PhoneHintCard() {
  const { cartId } = usePayment();
  const bill = useLedger(cartId);
  return (
    <Suspense>
      <VisitHint bill={bill} />
    </Suspense>
  );
}
