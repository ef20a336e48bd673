'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Suspense, useEffect, useSyncExternalStore } from 'react';
import type { Snapshot } from '#server/backstage/snapshot.ts';
import { Marks } from '../bill/bill.tsx';
import { onTap, tapsOf } from '../bill/taps.ts';
import { useCart } from '../cart/use-cart.ts';
import { usePayment } from '../checkout/use-payment.ts';
import { Timeline } from '../timeline/timeline.tsx';
import { CheckLine } from './check-line.tsx';
import { ConnectionLine } from './connection-line.tsx';
import { Headline } from './headline.tsx';
import { Lesson } from './lesson.tsx';
import { backstageLesson } from './lesson-words.ts';
import { mayCharge } from './may-charge.ts';
import { Parts } from './parts.tsx';
import { useFeed } from './use-feed.ts';
import { VisitHint } from './visit-hint.tsx';

/** What really happened, told by the shop and the provider while the phone tells what the buyer sees. */
export default function Backstage() {
  const { connection, snapshot } = useFeed();
  const { state, tries, cartId: paidCartId } = usePayment();
  const cart = useCart();
  // After a reload the page has forgotten the last payment, and the shop has not.
  const cartId = paidCartId ?? snapshot?.carts[0]?.cartId ?? (cart.known ? cart.cartId : null);
  const bill = snapshot?.carts.find((one) => one.cartId === cartId);
  const { requests = 0, executions = 0, charges = 0 } = bill ?? {};
  const taps = useSyncExternalStore(
    onTap,
    () => tapsOf(cartId),
    () => 0,
  );
  useSameBill(snapshot);
  return (
    <>
      <Suspense>
        <VisitHint bill={{ requests, executions, charges }} mayReturn />
      </Suspense>
      <Lesson
        {...backstageLesson({ requests, executions, charges }, mayCharge(cartId, state, snapshot))}
        tooMany={charges > 1}
      />
      <section aria-labelledby="headline-title" className="flex flex-col gap-4">
        <h3 id="headline-title" className="sr-only">
          The last payment in numbers
        </h3>
        <Headline taps={taps} requests={requests} executions={executions} charges={charges} />
        <div className="flex min-h-7 flex-wrap items-center justify-between gap-x-6 gap-y-2">
          <Marks requests={requests} charges={charges} large />
          <ConnectionLine connection={connection} />
        </div>
      </section>
      {tries.length > 0 && (
        <section aria-labelledby="tries-title">
          <h3 id="tries-title" className="sr-only">
            Last payment, try by try
          </h3>
          <Timeline />
        </section>
      )}
      {snapshot && (
        <section aria-labelledby="checks-title">
          <h3 id="checks-title" className="mb-2 font-semibold">
            What must always hold
          </h3>
          <CheckLine checks={snapshot.checks} />
        </section>
      )}
      {snapshot && (
        <section aria-labelledby="parts-title">
          <h3 id="parts-title" className="sr-only">
            Behind the numbers
          </h3>
          <Parts snapshot={snapshot} />
        </section>
      )}
    </>
  );
}

/** The small bill in the checkout asks for itself; while this looks on, it learns at once what this knows. */
function useSameBill(snapshot: Snapshot | null): void {
  const queries = useQueryClient();
  useEffect(() => {
    for (const { cartId, ...counts } of snapshot?.carts ?? []) {
      queries.setQueryData(['ledger', cartId], (known?: object) => known && { ...known, ...counts });
    }
  }, [queries, snapshot]);
}
