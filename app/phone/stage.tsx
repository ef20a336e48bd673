import Link from 'next/link';
import type { ReactNode } from 'react';
import { SidePanel } from '../bill/side-panel.tsx';
import { CartLink } from '../cart/cart-link.tsx';
import { ScrollMemory } from './scroll-memory.tsx';
import { SHEETS_ID } from './sheets-id.ts';
import { Wordmark } from './wordmark.tsx';

/**
 * Where the shop stands. On a phone it is the whole screen and the document scrolls; from 641 px on it is a phone on
 * a table, and a quiet panel beside it says what is going on. The phone contains what is fixed, so that a sheet opens
 * in it and not across the table.
 */
export function Stage({ children }: { children: ReactNode }) {
  return (
    <div className="mx-auto flex max-w-[76rem] flex-col items-center gap-10 phone-up:px-8 phone-up:py-10 desk:min-h-dvh desk:flex-row desk:items-center desk:justify-center desk:gap-16 wide:gap-24">
      <div className="phone relative w-full bg-paper phone-up:w-[25.5rem] phone-up:shrink-0">
        <div id="screen" className="screen flex min-h-dvh flex-col">
          <ScrollMemory screenId="screen" />
          <header className="sticky top-0 z-10 flex h-16 shrink-0 items-center justify-between bg-paper/90 pr-2 pl-5 backdrop-blur-md">
            <Link href="/" aria-label="Payonce, to the shop" className="flex min-h-12 items-center">
              <Wordmark />
            </Link>
            <nav aria-label="Shop">
              <CartLink />
            </nav>
          </header>
          <main className="flex flex-1 flex-col px-5 pb-10">{children}</main>
        </div>
        <div id={SHEETS_ID} />
      </div>
      <SidePanel />
    </div>
  );
}
