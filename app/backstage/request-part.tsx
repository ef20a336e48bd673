'use client';

import { useState } from 'react';
import type { Snapshot } from '#server/backstage/snapshot.ts';
import { KeyBadge } from './key-badge.tsx';
import { RequestFilter, requestsWith } from './request-filter.tsx';
import { Nothing, timeOf } from './rows.tsx';

export type Request = Snapshot['requests'][number];

/** Every payment request that reached the shop, the newest first, with the id that the shop's own log has. */
export function RequestPart({ requests, keys }: Pick<Snapshot, 'requests' | 'keys'>) {
  const [wanted, setWanted] = useState('all');
  if (requests.length === 0) return <Nothing>No payment request has reached the shop yet.</Nothing>;
  const nameOf = (keyHash: string) => keys.find((key) => key.keyHash === keyHash)?.keyEnd ?? keyHash;
  return (
    <>
      <RequestFilter requests={requests} nameOf={nameOf} wanted={wanted} onChange={setWanted} />
      <ol className="divide-y divide-line">
        {requestsWith(requests, wanted).map((request) => (
          <RequestRow key={request.requestId} request={request} nameOf={nameOf} />
        ))}
      </ol>
    </>
  );
}

function RequestRow({ request, nameOf }: { request: Request; nameOf: (keyHash: string) => string }) {
  const { requestId, operation, keyHash, httpStatus, durationMs, receivedAt } = request;
  return (
    <li data-testid="request" className="pt-2.5">
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <span className="font-semibold">{verdictWords(request)}</span>
        <KeyBadge name={keyHash === null ? null : nameOf(keyHash)} />
      </div>
      <p className="text-sm text-ink-soft">
        {operation}, {httpStatus > 0 && `${httpStatus}, ${durationMs} ms, `}
        {timeOf(receivedAt)}
      </p>
      <RequestId id={requestId} />
    </li>
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
          className="-mr-2 min-h-12 shrink-0 px-2 font-semibold underline underline-offset-4 hover:text-ink"
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
