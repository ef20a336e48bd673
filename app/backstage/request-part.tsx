'use client';

import { useState } from 'react';
import type { Snapshot } from '#server/backstage/snapshot.ts';
import { Nothing, timeOf } from './rows.tsx';

type Request = Snapshot['requests'][number];

/** Every payment request that reached the shop, the newest first, with the id that the shop's own log has. */
export function RequestPart({ requests }: Pick<Snapshot, 'requests'>) {
  if (requests.length === 0) return <Nothing>No payment request has reached the shop yet.</Nothing>;
  return (
    <ol className="divide-y divide-line">
      {requests.map((request) => (
        <li key={request.requestId} className="py-2">
          <div className="flex items-baseline justify-between gap-3">
            <span>
              <span className="font-semibold">{verdictWords(request)}</span>{' '}
              <span className="text-sm text-ink-soft">{request.operation}</span>
            </span>
            <span className="shrink-0 text-sm text-ink-soft">
              {request.httpStatus > 0 && `${request.httpStatus}, ${request.durationMs} ms, `}
              {timeOf(request.receivedAt)}
            </span>
          </div>
          <RequestId id={request.requestId} />
        </li>
      ))}
    </ol>
  );
}

function RequestId({ id }: { id: string }) {
  const [copied, setCopied] = useState(false);
  // Over plain http, as from a phone on the local network, there is no clipboard: then the id is selected by hand.
  const mayCopy = typeof navigator !== 'undefined' && 'clipboard' in navigator;
  return (
    <div className="flex min-h-12 items-center justify-between gap-3 text-xs text-ink-soft">
      <code className="truncate select-all">{id}</code>
      {mayCopy && (
        <button
          type="button"
          aria-label={`Copy request id ${id.slice(0, 8)}`}
          onClick={() => void navigator.clipboard.writeText(id).then(() => setCopied(true))}
          className="min-h-12 shrink-0 px-2 font-semibold underline underline-offset-4 hover:text-ink"
        >
          {copied ? 'Copied' : 'Copy'}
        </button>
      )}
    </div>
  );
}

function verdictWords({ verdict, reason }: Request): string {
  switch (verdict) {
    case 'running':
      return 'Being worked on';
    case 'executed':
      return reason === null ? 'Executed' : `Executed: ${reason.replaceAll('_', ' ')}`;
    case 'resumed':
      return 'Carried on to the end';
    case 'replayed':
      return 'Replayed';
    case 'idempotency_key_in_use':
      return 'Told to come back';
    case 'idempotency_key_reused':
      return 'Refused: same key, other content';
    default:
      return `Refused: ${verdict.replaceAll('_', ' ')}`;
  }
}
