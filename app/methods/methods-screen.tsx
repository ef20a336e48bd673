'use client';

import { useIsDemo } from '../site/demo.tsx';
import { Link } from '../site/link.tsx';
import { cartRows } from './cart-rows.ts';
import { counterRows } from './counter-rows.ts';
import { invoiceRows } from './invoice-rows.ts';
import { MethodCard } from './method-card.tsx';
import { paymentRows } from './payment-rows.ts';

/** The method table of HTTP as something to press. */
export function MethodsScreen() {
  // A shop that means it takes no money for show.
  const rows = [...cartRows, ...(useIsDemo() ? paymentRows : []), ...invoiceRows, ...counterRows];
  return (
    <>
      <div className="max-w-[48rem]">
        <h1 className="text-[2.5rem] leading-none font-bold tracking-[-0.035em] phone-up:text-[3.25rem]">
          Which requests may be sent twice?
        </h1>
        <p className="mt-5 text-lg leading-relaxed text-ink-soft">
          Most need no key at all: their method or their body already says what a repeat means. Each button sends its
          request twice to this shop and looks at the server before, between and after.
        </p>
        <p className="mt-3 text-ink-soft">
          <em>Safe</em> and <em>idempotent</em> are what{' '}
          <a className="underline underline-offset-4" href="https://www.rfc-editor.org/rfc/rfc9110#section-9.2">
            RFC 9110, section 9.2
          </a>{' '}
          promises of a method, whatever a server makes of it. What this one makes of it is measured.
        </p>
      </div>
      <div className="mt-10 space-y-3">
        {rows.map((row) => (
          <MethodCard key={row.id} row={row} />
        ))}
      </div>
      <p className="mt-10 max-w-[44rem] text-ink-soft">
        The same with <code>curl</code>, the headers and the versions stand in <code>docs/http-methods.md</code>. Why a
        key is enough for the rest is on{' '}
        <Link className="underline underline-offset-4" href="/how-it-works">
          How it works
        </Link>
        .
      </p>
    </>
  );
}
