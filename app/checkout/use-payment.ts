'use client';

import { useSyncExternalStore } from 'react';
import { client } from '../client.ts';
import { NO_PAYMENT, type PaymentView } from './payment-view.ts';

export function usePayment(): PaymentView {
  return useSyncExternalStore(subscribe, current, () => NO_PAYMENT);
}

const subscribe = (listener: () => void) => client().payment.subscribe(listener);
const current = () => client().payment.getSnapshot();
