import type { Snapshot } from '#server/backstage/snapshot.ts';
import { KeyBadge } from './key-badge.tsx';
import { LeaseCountdown } from './lease-countdown.tsx';
import { dayAndTimeOf, Nothing, Row, Rows, timeOf } from './rows.tsx';

type KeyRow = Snapshot['keys'][number];

/** Older keys are counted and not drawn out: what is asked of the backstage is what the last one did. */
const SHOWN_MAX = 5;

/** What the shop remembers of each key: the row that makes a second request harmless. */
export function KeyPart({ keys, now, requests }: Pick<Snapshot, 'keys' | 'now' | 'requests'>) {
  if (keys.length === 0) {
    return requests.length > 0 ? (
      <Nothing>No request carried a key, so the shop could tell none of them from a new order.</Nothing>
    ) : (
      <Nothing>No key yet. A tap on Pay makes one, and every try of that payment carries it.</Nothing>
    );
  }
  return (
    <ul className="flex flex-col gap-5">
      {requests[0]?.keyHash === null && (
        <li>The last request carried no key, so the shop could not tell it from a new order and kept nothing here.</li>
      )}
      {keys.slice(0, SHOWN_MAX).map((row) => (
        <li key={`${row.operation} ${row.keyHash}`} data-testid="key-row" data-state={row.state}>
          <p className="mb-2 flex flex-wrap items-center justify-between gap-2">
            <KeyBadge name={row.keyEnd ?? row.keyHash} />
            <span className={`text-sm font-semibold ${row.state === 'quarantined' ? 'text-danger' : 'text-accent'}`}>
              {STATE_WORDS[row.state]}
            </span>
          </p>
          <KeyRows row={row} now={now} />
          {row.answer && <StoredAnswer answer={row.answer} />}
        </li>
      ))}
      {keys.length > SHOWN_MAX && (
        <li className="text-sm text-ink-soft">
          and {keys.length - SHOWN_MAX} older, each with its answer kept for a day
        </li>
      )}
    </ul>
  );
}

function KeyRows({ row, now }: { row: KeyRow; now: number }) {
  return (
    <Rows>
      <Row name="Requests seen">{row.requestsSeen}</Row>
      <Row name="Replays served">{row.replaysServed}</Row>
      <Row name="Operation">{row.operation}</Row>
      <Row name={row.state === 'completed' ? 'Last recovery point' : 'Recovery point'}>
        <code>{row.recoveryPoint}</code>
      </Row>
      <Row name="Lease">
        {row.leaseExpiresAt === null ? (
          row.state === 'pending' ? (
            'given back, to be carried on'
          ) : (
            'none, it has ended'
          )
        ) : (
          <LeaseCountdown leaseExpiresAt={row.leaseExpiresAt} shopNow={now} />
        )}
      </Row>
      <Row name="Fencing token">{row.fencingToken}</Row>
      <Row name="Takeovers">{row.takeovers}</Row>
      <Row name="First and last seen">
        {timeOf(row.firstSeenAt)} – {timeOf(row.lastSeenAt)}
      </Row>
      {row.expiresAt !== null && <Row name="Answer kept until">{dayAndTimeOf(row.expiresAt)}</Row>}
      <Row name="In the shop’s log">
        <code>{row.keyHash}</code>
      </Row>
      {row.payment && <Row name="Payment">{`${row.payment.attemptId.slice(0, 8)}, ${row.payment.status}`}</Row>}
    </Rows>
  );
}

function StoredAnswer({ answer }: { answer: NonNullable<KeyRow['answer']> }) {
  return (
    <details className="mt-1">
      <summary className="cursor-pointer py-3 font-semibold">Stored answer, status {answer.statusCode}</summary>
      <pre className="rounded-2xl bg-sunken p-4 text-xs leading-relaxed break-all whitespace-pre-wrap">
        {JSON.stringify(answer.outcome, null, 2)}
      </pre>
    </details>
  );
}

const STATE_WORDS: Record<KeyRow['state'], string> = {
  pending: 'Running',
  completed: 'Completed',
  quarantined: 'Set aside for a person',
};
