'use client';

import { Bill } from '../bill/bill.tsx';
import { useLedger } from '../bill/use-ledger.ts';
import { client } from '../client.ts';
import { formatMoney } from '../money/format-money.ts';
import { Button } from '../phone/button.tsx';
import { DemoOnly } from '../site/demo.tsx';
import { Link } from '../site/link.tsx';
import { reasonOf } from '../trpc/error-reason.ts';
import { isUnderWay, type PaymentState } from './payment-state.ts';
import { PaymentStatus } from './payment-status.tsx';
import { type Alarm, alarmWords, noTotalWords } from './payment-words.ts';
import { usePayment } from './use-payment.ts';
import type { useQuote } from './use-quote.ts';
import { WaitClock } from './wait-clock.tsx';

interface PaymentFooterProps {
  readonly quote: ReturnType<typeof useQuote>;
  readonly formId: string;
  readonly cartId: string;
}

/** What stays in sight while everything above scrolls: the words, the button, the bill. */
export function PaymentFooter({ quote, formId, cartId }: PaymentFooterProps) {
  const view = usePayment();
  const bill = useLedger(cartId);
  const alarm = alarmWords(view.state);
  const underWay = isUnderWay(view.state);
  const total = quote.data ? formatMoney(quote.data.totalMinor) : '';
  return (
    <div className="shrink-0 border-t border-line bg-surface px-5 pt-3 pb-[max(1.25rem,env(safe-area-inset-bottom))]">
      {alarm && <AlarmBox alarm={alarm} cartId={cartId} />}
      {quote.isError && (
        <div role="alert" className="mb-3 flex items-center justify-between gap-3 rounded-2xl bg-danger-soft px-4 py-1">
          <p className="text-sm leading-snug">{noTotalWords(reasonOf(quote.error))}</p>
          <button
            type="button"
            className="min-h-12 shrink-0 font-semibold underline underline-offset-4"
            onClick={() => void quote.refetch()}
          >
            Try again
          </button>
        </div>
      )}
      <PaymentStatus view={view} />
      <WaitClock view={view} />
      {/* Above the button that was tapped, which so stays under the finger: a second tap must not land on this one. */}
      {underWay && !view.isElsewhere && (
        <Button kind="quiet" className="mb-2 w-full" onClick={() => client().payment.stop()}>
          Stop trying (the result stays unknown)
        </Button>
      )}
      {view.state.kind === 'unknown' ? (
        <Button kind="main" className="min-h-14 w-full text-lg" onClick={() => void client().payment.checkAgain()}>
          {view.reference ? 'Check again' : 'Send it again'}
        </Button>
      ) : (
        <Button
          kind="main"
          type="submit"
          form={formId}
          aria-disabled={underWay || !quote.data}
          className="min-h-14 w-full text-lg"
        >
          {buttonWords(view.state, total)}
        </Button>
      )}
      <DemoOnly>
        <div className="mt-3 flex min-h-6 justify-center text-sm">
          <Bill requests={bill.requests} charges={bill.charges} />
        </div>
      </DemoOnly>
    </div>
  );
}

function AlarmBox({ alarm, cartId }: { alarm: Alarm; cartId: string }) {
  return (
    <div role="alert" className="mb-3 rounded-2xl bg-danger-soft px-4 py-3">
      <p className="font-semibold text-danger">{alarm.title}</p>
      <p className="text-sm leading-snug">{alarm.text}</p>
      {alarm.orderId && (
        <Link
          href={`/orders/${alarm.orderId}`}
          replace
          onClick={() => client().cart.renew(cartId)}
          className="inline-flex min-h-12 items-center font-semibold underline underline-offset-4"
        >
          See the order
        </Link>
      )}
    </div>
  );
}

function buttonWords(state: PaymentState, total: string): string {
  switch (state.kind) {
    case 'ready':
    case 'declined':
    case 'refused':
      return total ? `Pay ${total}` : 'Pay';
    case 'looking_up':
      return 'Checking…';
    case 'paid':
      return 'Paid';
    default:
      return 'Paying…';
  }
}
