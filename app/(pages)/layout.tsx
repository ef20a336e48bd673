import type { ReactNode } from 'react';
import { StillUnknown } from '../checkout/payment-watch.tsx';
import { SiteHeader } from '../site/site-header.tsx';

/** The pages about the subject: the width of the window is theirs, and the shop is one link away. */
export default function PagesLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <SiteHeader />
      <main className="mx-auto w-full max-w-[76rem] px-5 pt-6 pb-24 phone-up:px-8 phone-up:pt-10">{children}</main>
      <div className="fixed inset-x-0 bottom-0 z-30 mx-auto w-full max-w-[25.5rem]">
        <StillUnknown />
      </div>
    </>
  );
}
