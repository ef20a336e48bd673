'use client';

import { countWord } from './count-words.ts';

interface BillProps {
  readonly requests: number;
  readonly charges: number;
}

/** The lesson in one line: a ring for each request that reached the shop, a dot for each charge the provider made. */
export function Bill({ requests, charges }: BillProps) {
  const tooMany = charges > 1;
  return (
    <p
      data-testid="bill"
      data-requests={requests}
      data-charges={charges}
      className="flex flex-wrap items-center gap-x-3 gap-y-1 font-semibold"
    >
      <Marks requests={requests} charges={charges} />
      <span>
        Requests {requests} · <span className={tooMany ? 'text-danger' : ''}>Charges {charges}</span>
      </span>
      {tooMany && <span className="text-danger">Charged {countWord(charges)}</span>}
    </p>
  );
}

/** More than this many are said by the number alone. */
const MARKS_MAX = 8;

export function Marks({ requests, charges, large = false }: BillProps & { large?: boolean }) {
  const size = large ? 'size-7' : 'size-3.5';
  if (requests === 0 && charges === 0) return <NothingYet size={size} />;
  const shown = Math.min(Math.max(requests, charges), MARKS_MAX);
  return (
    <span aria-hidden="true" className={`flex flex-wrap items-center ${large ? 'gap-2' : 'gap-1'}`}>
      {Array.from({ length: shown }, (_, position) => (
        <Mark
          // biome-ignore lint/suspicious/noArrayIndexKey: a mark has no identity but its place
          key={position}
          size={size}
          charged={position < charges}
          tooMany={charges > 1}
        />
      ))}
    </span>
  );
}

function NothingYet({ size }: { size: string }) {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true" className={size}>
      <circle
        cx="10"
        cy="10"
        r="8.25"
        fill="none"
        strokeWidth="2"
        strokeDasharray="3.2 3.3"
        className="stroke-line-strong"
      />
    </svg>
  );
}

/** The dot stays with the first request, the one that was carried out, while the rings of the others come beside it. */
function Mark({ size, charged, tooMany }: { size: string; charged: boolean; tooMany: boolean }) {
  const colour = tooMany && charged ? 'stroke-danger' : 'stroke-accent';
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true" className={`${size} animate-arrive`}>
      <circle
        cx="10"
        cy="10"
        r="8.25"
        fill="none"
        strokeWidth="2.5"
        className={charged ? colour : 'stroke-line-strong'}
      />
      {charged && <circle cx="10" cy="10" r="4.25" className={tooMany ? 'fill-danger' : 'fill-accent'} />}
    </svg>
  );
}
