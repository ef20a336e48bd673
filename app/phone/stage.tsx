import type { ReactNode } from 'react';
import { BackstageLink } from '../backstage/backstage-link.tsx';
import { BesidePhone } from '../backstage/beside-phone.tsx';
import { PhoneHint } from '../backstage/phone-hint.tsx';
import { CartLink } from '../cart/cart-link.tsx';
import { StillUnknown } from '../checkout/payment-watch.tsx';
import { DemoOnly } from '../site/demo.tsx';
import { Link } from '../site/link.tsx';
import { SiteHeader } from '../site/site-header.tsx';
import { SiteMenu } from '../site/site-menu.tsx';
import { ScrollMemory } from './scroll-memory.tsx';
import { SHEETS_ID } from './sheets-id.ts';
import { Wordmark } from './wordmark.tsx';

/**
 * Where the shop stands. On a phone it is the whole screen and the document scrolls; from 641 px on it is a phone on
 * a table, and from 960 px on a panel beside it says what is going on. The phone contains what is fixed, so that a
 * sheet opens in it and not across the table.
 */
export function Stage({ children }: { children: ReactNode }) {
  return (
    <>
      <SiteHeader isHiddenOnPhones />
      <div className="mx-auto flex max-w-[76rem] flex-col items-center gap-10 phone-up:px-8 phone-up:pt-2 phone-up:pb-10 desk:flex-row desk:items-start desk:justify-between desk:gap-16 wide:gap-24">
        <div className="phone relative w-full bg-paper phone-up:w-[25.5rem] phone-up:shrink-0">
          <div id="screen" className="screen flex min-h-dvh flex-col">
            <ScrollMemory screenId="screen" />
            <nav
              aria-label="Shop"
              className="sticky top-0 z-10 flex h-16 shrink-0 items-center justify-between bg-paper/90 pr-2 pl-5 backdrop-blur-md"
            >
              <Link href="/" aria-label="Payonce, to the shop" className="flex min-h-12 items-center">
                <Wordmark />
              </Link>
              <div className="flex">
                <DemoOnly>
                  <BackstageLink />
                </DemoOnly>
                <CartLink />
                <SiteMenu />
              </div>
            </nav>
            <main className="flex flex-1 flex-col px-5 pb-10">{children}</main>
            {/* One above the other at the lower edge: each stuck to it by itself, they would cover one another. */}
            <div className="sticky bottom-0 z-10">
              <StillUnknown />
              <DemoOnly>
                <PhoneHint />
              </DemoOnly>
            </div>
          </div>
          <div id={SHEETS_ID} />
        </div>
        <DemoOnly>
          <BesidePhone />
        </DemoOnly>
      </div>
    </>
  );
}
