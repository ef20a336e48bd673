'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { Bill } from '../bill/bill.tsx';
import { countWord } from '../bill/count-words.ts';
import { lessonOf } from '../bill/lesson.ts';
import { useLedger } from '../bill/use-ledger.ts';
import { Amount } from '../checkout/order-summary.tsx';
import { cardName } from '../checkout/test-cards.ts';
import { usePayment } from '../checkout/use-payment.ts';
import { client } from '../client.ts';
import { formatMoney } from '../money/format-money.ts';
import { Button, ButtonLink } from '../phone/button.tsx';
import { Empty } from '../phone/empty.tsx';
import { TryAgain } from '../phone/try-again.tsx';
import { DemoOnly } from '../site/demo.tsx';
import { reasonOf } from '../trpc/error-reason.ts';
import type { Order } from '../trpc/shop-types.ts';
import './on-paper.css';

export function ReceiptScreen({ orderId }: { orderId: string }) {
  const { state } = usePayment();
  const order = useQuery({
    queryKey: ['order', orderId],
    queryFn: ({ signal }) => client().shop.orders.get.query({ orderId }, { signal }),
  });
  if (order.isPending) return <ReceiptSkeleton />;
  if (order.isError && reasonOf(order.error) === 'not_found') {
    return (
      <Empty title="No such order" next={{ href: '/', words: 'Back to the shop' }}>
        There is no order here that belongs to this browser.
      </Empty>
    );
  }
  if (order.isError) {
    // Whoever has just paid is told so. Of any other address nobody here knows whether there is an order behind it.
    const isPaid = state.kind === 'paid' && state.orderId === orderId;
    return (
      <div className="flex flex-1 flex-col justify-center">
        <TryAgain title="This receipt did not load" isWholeScreen onTryAgain={() => void order.refetch()}>
          {isPaid && 'The order is paid and safe. '}Only this page could not be fetched.
        </TryAgain>
      </div>
    );
  }
  return <Receipt order={order.data} />;
}

function Receipt({ order }: { order: Order }) {
  const bill = useLedger(order.cartId);
  const heading = useRef<HTMLHeadingElement>(null);
  // The page changed under the buyer's hands, so the focus goes to what it is about now.
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <div className="flex flex-col items-center pt-8 pb-7 text-center">
        <PaidMark tooMany={bill.charges > 1} />
        <h1
          ref={heading}
          tabIndex={-1}
          className="mt-4 text-[2.5rem] leading-none font-bold tracking-[-0.04em] outline-none"
        >
          Paid
        </h1>
        {bill.charges > 1 ? (
          <p className="mt-2.5 font-semibold text-danger">
            {formatMoney(order.totalMinor)}, charged {countWord(bill.charges)}: {formatMoney(bill.moneyMinor)} taken
          </p>
        ) : (
          <p className="mt-2.5 text-ink-soft">{formatMoney(order.totalMinor)}, charged once</p>
        )}
      </div>
      <article className="slip bg-surface px-5 pt-5 pb-8">
        <dl>
          <Row name="Order">
            <span data-testid="order-number" className="font-semibold select-all">
              {order.orderNumber}
            </span>
          </Row>
          <Row name="Date">{formatDate(order.paidAt)}</Row>
          <Row name="Card">{cardName(order.paymentMethod)}</Row>
          <Row name="Receipt to">{order.email}</Row>
        </dl>
        <ul className="my-3 border-y border-dashed border-line-strong/60 py-3">
          {order.lines.map((line) => (
            <li key={line.sku} className="flex justify-between gap-4 py-1">
              <span>
                {line.name}
                {line.quantity > 1 && <span className="text-ink-soft"> × {line.quantity}</span>}
              </span>
              <span>{formatMoney(line.unitAmountMinor * line.quantity)}</span>
            </li>
          ))}
        </ul>
        <dl>
          <Amount name="Subtotal" amountMinor={order.subtotalMinor} />
          <Amount name="Tax, 20 %" amountMinor={order.taxMinor} />
          <Amount name="Total" amountMinor={order.totalMinor} strong />
        </dl>
        <DemoOnly>
          <div className="mt-3 border-t border-dashed border-line-strong/60 pt-4">
            <Bill requests={bill.requests} charges={bill.charges} />
            {bill.requests > 1 && <p className="mt-1.5 text-sm leading-snug text-ink-soft">{lessonOf(bill).text}</p>}
          </div>
        </DemoOnly>
      </article>
      <p className="mt-6 text-center text-sm leading-snug text-ink-soft">
        Something is not right? Write to{' '}
        <a
          href={`mailto:${SUPPORT}?subject=${encodeURIComponent(`Order ${order.orderNumber}`)}`}
          className="underline underline-offset-4"
        >
          {SUPPORT}
        </a>{' '}
        and name the order.
      </p>
      <div className="mt-6 flex flex-col gap-2 print:hidden">
        <ButtonLink kind="main" href="/" className="min-h-14 text-lg">
          Back to the shop
        </ButtonLink>
        <Button kind="quiet" onClick={() => window.print()}>
          Print the receipt
        </Button>
      </div>
    </>
  );
}

function Row({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="flex justify-between gap-4 py-1">
      <dt className="shrink-0 text-ink-soft">{name}</dt>
      <dd className="min-w-0 text-right break-words">{children}</dd>
    </div>
  );
}

function PaidMark({ tooMany }: { tooMany: boolean }) {
  return (
    <svg viewBox="0 0 80 80" aria-hidden="true" className="size-20">
      <circle
        cx="40"
        cy="40"
        r="36"
        fill="none"
        strokeWidth="6"
        className={`animate-ring ${tooMany ? 'stroke-danger' : 'stroke-accent'}`}
      />
      <circle
        cx="40"
        cy="40"
        r="17"
        className={`origin-center animate-dot ${tooMany ? 'fill-danger' : 'fill-accent'}`}
      />
    </svg>
  );
}

/** example.com is set apart for addresses that reach nobody: this shop sells nothing. */
const SUPPORT = 'help@payonce.example.com';

const DATE = new Intl.DateTimeFormat('en-IE', { dateStyle: 'long', timeStyle: 'short' });

function formatDate(paidAt: number): string {
  return DATE.format(paidAt);
}

function ReceiptSkeleton() {
  return (
    <div aria-busy="true" className="flex flex-col items-center pt-8">
      <p className="sr-only">Loading your receipt</p>
      <div className="size-20 animate-pulse rounded-full bg-sunken" />
      <div className="mt-5 h-9 w-32 animate-pulse rounded-full bg-sunken" />
      <div className="mt-8 h-96 w-full animate-pulse rounded-3xl bg-sunken" />
    </div>
  );
}
