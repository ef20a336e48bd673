'use client';

import { useSyncExternalStore } from 'react';
import { client } from '../client.ts';
import type { PaymentView } from './payment.ts';

export function usePayment(): PaymentView {
  return useSyncExternalStore(subscribe, current, () => NOT_YET);
}

const NOT_YET: PaymentView = { state: { kind: 'ready' }, tries: [], cartId: null };

const subscribe = (listener: () => void) => client().payment.subscribe(listener);
const current = () => client().payment.getSnapshot();
