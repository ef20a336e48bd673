'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { PaymentWatch } from '../checkout/payment-watch.tsx';

/** What the server knows, kept for the screens. The tRPC link alone retries, so nothing here does. */
export function ServerData({ children }: { children: ReactNode }) {
  const [queries] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: { retry: false, staleTime: 5_000, networkMode: 'always' },
          mutations: { retry: false, networkMode: 'always' },
        },
      }),
  );
  return (
    <QueryClientProvider client={queries}>
      {children}
      <PaymentWatch />
    </QueryClientProvider>
  );
}
