'use client';

import { useQueryClient } from '@tanstack/react-query';
import { usePathname, useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { client } from '../client.ts';
import { Link } from '../site/link.tsx';
import { usePayment } from './use-payment.ts';

/** A request is written to the log after it is answered, and a charge can follow a lost answer: the bill looks twice more. */
const ASK_AGAIN_AFTER_MS = [400, 1_500] as const;

/** Follows the payment wherever the buyer is: finds it after a reload, refreshes what it changed, shows its receipt. */
export function PaymentWatch() {
  const { state, tries, isElsewhere } = usePayment();
  const queries = useQueryClient();
  const router = useRouter();
  const path = usePathname();

  useEffect(() => {
    void client().payment.resume();
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each new try and each new state is a reason to ask again
  useEffect(() => {
    const ask = () => void queries.invalidateQueries({ queryKey: ['ledger'] });
    ask();
    const timers = ASK_AGAIN_AFTER_MS.map((milliseconds) => setTimeout(ask, milliseconds));
    return () => timers.forEach(clearTimeout);
  }, [queries, state, tries]);

  useEffect(() => {
    if (state.kind !== 'paid' && state.kind !== 'refused' && state.kind !== 'declined') return;
    void queries.invalidateQueries({ queryKey: ['catalog'] });
    void queries.invalidateQueries({ queryKey: ['quote'] });
  }, [queries, state.kind]);

  const receipt = state.kind === 'paid' ? `/orders/${state.orderId}` : null;
  const shown = useRef<string | null>(null);
  useEffect(() => {
    if (!receipt) return;
    if (path === receipt) client().payment.receiptShown();
    // The checkout leaves the history, now and when Back leads to it: what is paid has a receipt and no Pay button.
    if (path === '/cart') router.replace(receipt);
    // Who paid in another tab and reads something else in this one is left to read.
    else if (shown.current !== receipt && !isElsewhere) router.push(receipt);
    shown.current = receipt;
  }, [receipt, path, router, isElsewhere]);

  return null;
}

/** Wherever the buyer comes back to, what is not known yet is said: not in the cart, where the checkout says it. */
export function StillUnknown() {
  const { state } = usePayment();
  const path = usePathname();
  if (state.kind !== 'unknown' || path === '/cart') return null;
  return (
    <aside
      aria-label="Your last payment"
      // What comes after it keeps clear of a phone's lower edge by itself.
      className="mx-3 mb-[max(0.75rem,env(safe-area-inset-bottom))] flex items-center justify-between gap-3 rounded-2xl bg-surface py-2 pr-3 pl-5 shadow-lift has-[+:not(:empty)]:mb-3 print:hidden"
    >
      <p className="text-sm leading-snug font-semibold">We don’t know yet how your last payment ended.</p>
      <Link
        href="/cart?checkout"
        className="inline-flex min-h-12 shrink-0 items-center px-2 font-semibold underline underline-offset-4"
      >
        See it
      </Link>
    </aside>
  );
}
