import { Fragment, useState } from 'react';
import { Button } from '../phone/button.tsx';
import { ask } from './ask.ts';
import { type MethodRow, type Pressed, pressTwice } from './method-row.ts';
import { PressResult, VerdictWords } from './press-result.tsx';

type Press = { readonly state: 'idle' | 'pressing' | 'failed' } | { readonly state: 'done'; readonly pressed: Pressed };

/** One row of the table: what the standard says of the method, and a button that finds out. */
export function MethodCard({ row }: { row: MethodRow }) {
  const [press, setPress] = useState<Press>({ state: 'idle' });
  const { id, name, method, path, isSafe, isIdempotent, why } = row;
  const isPressing = press.state === 'pressing';

  async function onPress() {
    if (isPressing) return;
    setPress({ state: 'pressing' });
    try {
      setPress({ state: 'done', pressed: await pressTwice(row, ask) });
    } catch {
      setPress({ state: 'failed' });
    }
  }

  return (
    <article id={id} aria-labelledby={`${id}-name`} className="rounded-[1.75rem] bg-surface p-5 phone-up:px-6">
      <div className="grid gap-x-10 gap-y-4 desk:grid-cols-[minmax(0,1fr)_auto] desk:items-center">
        <div>
          <p className="font-mono text-sm break-words">
            <b>{method}</b> <Path path={path} />
          </p>
          <div className="mt-1 flex flex-wrap items-baseline gap-x-5 gap-y-1">
            <h2 id={`${id}-name`} className="text-xl font-bold tracking-[-0.02em]">
              {name}
            </h2>
            <ul className="flex flex-wrap gap-x-4 text-sm text-ink-soft">
              <Property name="safe" holds={isSafe} />
              <Property name="idempotent" holds={isIdempotent} />
            </ul>
          </div>
          <p className="mt-1 leading-snug">{why}</p>
        </div>
        <Button
          kind="quiet"
          aria-disabled={isPressing}
          aria-describedby={`${id}-name`}
          className="justify-self-start aria-disabled:opacity-60 desk:w-40"
          onClick={() => void onPress()}
        >
          {isPressing ? 'Pressing…' : 'Press twice'}
        </Button>
      </div>
      <p role="status" className="not-empty:mt-5">
        {press.state === 'done' && <VerdictWords row={row} pressed={press.pressed} />}
        {press.state === 'failed' && 'The shop did not get ready for it. Press once more in a moment.'}
      </p>
      {press.state === 'done' && <PressResult row={row} pressed={press.pressed} />}
    </article>
  );
}

/** A path that is broken where its parts meet, when it has to be. */
function Path({ path }: { path: string }) {
  return path.split(/(?<=[/.])/).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place
    <Fragment key={index}>
      {part}
      <wbr />
    </Fragment>
  ));
}

/** What the standard promises of the method, whatever a server makes of it. */
function Property({ name, holds }: { name: string; holds: boolean }) {
  return (
    <li className="flex items-center gap-1.5">
      <svg
        viewBox="0 0 12 12"
        aria-hidden="true"
        className="size-3"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
      >
        <path d={holds ? 'm2 6.5 2.5 2.5L10 3.500' : 'm3 3 6 6M9 3 3 9'} />
      </svg>
      {holds ? name : `not ${name}`}
    </li>
  );
}
