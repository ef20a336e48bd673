import type { Snapshot } from '#server/backstage/snapshot.ts';
import { Nothing } from './rows.tsx';

type Message = Snapshot['messages'][number];

/** What was written and what arrived: sent at least once, and by its Message-ID shown once. */
export function MailPart({ messages }: Pick<Snapshot, 'messages'>) {
  if (messages.length === 0) {
    return (
      <Nothing>
        No message yet. A confirmation is written in the same step as its order, so neither is without the other.
      </Nothing>
    );
  }
  return (
    <ul className="divide-y divide-line">
      {messages.map((message) => (
        <li key={message.messageId} className="py-2.5">
          <div className="flex items-baseline justify-between gap-3">
            <span className="font-semibold">{message.subject}</span>
            <span
              className={`shrink-0 text-sm ${message.deadAt === null ? 'text-ink-soft' : 'font-semibold text-danger'}`}
            >
              {deliveryWords(message)}
            </span>
          </div>
          <p className="text-sm text-ink-soft">to {message.recipient}</p>
          <code className="mt-1 block truncate text-xs text-ink-soft select-all">{message.messageId}</code>
        </li>
      ))}
    </ul>
  );
}

function deliveryWords({ deliveries, sentAt, deadAt, attempts }: Message): string {
  if (deadAt !== null) return 'given up, a person has to look';
  if (sentAt === null) return attempts > 0 ? `on its way, try ${attempts}` : 'on its way';
  if (deliveries === null) return 'sent';
  return deliveries === 1 ? 'arrived once' : `arrived ${deliveries} times, shown once`;
}
