import type { Snapshot } from '#server/backstage/snapshot.ts';
import { formatMoney } from '../money/format-money.ts';
import { Nothing, Row, Rows } from './rows.tsx';

/** What the shop sold beside what the provider charged: two books, kept by two, that must agree. */
export function BillPart({ orders, charges, reconciled, total, isProviderKnown }: BillPartProps) {
  if (orders.length === 0 && charges.length === 0) {
    return <Nothing>No order and no charge yet. Both books are empty, so they agree.</Nothing>;
  }
  return (
    <div className="flex flex-col gap-5">
      <section aria-labelledby="charged-title">
        <h4 id="charged-title" className="mb-2 flex justify-between font-semibold">
          Charged by the provider <span>{formatMoney(total.moneyMinor)}</span>
        </h4>
        {!isProviderKnown && (
          <p className="mb-2 text-sm text-ink-soft">It does not answer. This is what it said last.</p>
        )}
        <Rows>
          {charges.map(({ chargeId, amountMinor, refundedMinor }) => (
            <Row key={chargeId} name={shortId(chargeId)}>
              {formatMoney(amountMinor)}
              {refundedMinor > 0 && `, ${formatMoney(refundedMinor)} given back`}
            </Row>
          ))}
        </Rows>
      </section>
      <section aria-labelledby="ordered-title">
        <h4 id="ordered-title" className="mb-2 flex justify-between font-semibold">
          Ordered in the shop <span>{formatMoney(orders.reduce((sum, { totalMinor }) => sum + totalMinor, 0))}</span>
        </h4>
        <Rows>
          {orders.map(({ orderId, orderNumber, status, totalMinor, isProtected }) => (
            <Row key={orderId} name={orderNumber}>
              {formatMoney(totalMinor)}, {status}
              {!isProtected && ', without a key'}
            </Row>
          ))}
        </Rows>
      </section>
      {reconciled.length > 0 && (
        <section aria-labelledby="reconciled-title">
          <h4 id="reconciled-title" className="mb-2 font-semibold">
            Put right afterwards
          </h4>
          <Rows>
            {reconciled.map(({ subjectId, found, done, amountMinor }) => (
              <Row key={subjectId} name={FOUND_WORDS[found]}>
                {formatMoney(amountMinor)}, {DONE_WORDS[done]}
              </Row>
            ))}
          </Rows>
        </section>
      )}
    </div>
  );
}

type BillPartProps = Pick<Snapshot, 'orders' | 'charges' | 'reconciled' | 'total' | 'isProviderKnown'>;

const FOUND_WORDS: Record<Snapshot['reconciled'][number]['found'], string> = {
  unfinished: 'A charge whose payment had stopped',
  no_order: 'A charge without an order',
  second_capture: 'A second charge',
  spare_intent: 'Prepared and not charged',
  quarantined_key: 'A payment that crashed too often',
};

const DONE_WORDS: Record<Snapshot['reconciled'][number]['done'], string> = {
  waiting: 'waiting',
  refund_intended: 'on its way back',
  adopted: 'carried on to its end',
  refunded: 'given back',
  cancelled: 'cancelled',
};

/** The end of it: the beginning is the same for all. */
function shortId(id: string): string {
  return id.length > 14 ? `…${id.slice(-12)}` : id;
}
