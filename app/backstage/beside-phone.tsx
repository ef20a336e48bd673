'use client';

import dynamic from 'next/dynamic';
import { BackstageLoading } from './loading.tsx';
import { useBeside } from './use-beside.ts';

/** Loaded apart, and only where it is shown: a phone that buys something does not wait for it. */
const Backstage = dynamic(() => import('./backstage.tsx'), { ssr: false, loading: BackstageLoading });

/**
 * The backstage beside the phone, where there is room for it. As high as the phone, and it scrolls by itself: an open
 * checkout holds the page still, and what goes on behind it is to be seen all the same.
 */
export function BesidePhone() {
  const isBeside = useBeside();
  return (
    <aside
      aria-label="Backstage"
      className="beside-phone hidden min-w-0 max-w-[40.5rem] flex-1 flex-col gap-4 desk:flex"
    >
      {isBeside ? <Backstage /> : <BackstageLoading />}
    </aside>
  );
}
