'use client';

import dynamic from 'next/dynamic';
import { ButtonLink } from '../phone/button.tsx';
import { BackstageLoading } from './loading.tsx';
import { useBeside } from './use-beside.ts';

const Backstage = dynamic(() => import('./backstage.tsx'), { ssr: false, loading: BackstageLoading });

/** The backstage where there is no room beside the phone: a place of its own in it. */
export function BackstageScreen() {
  const isBeside = useBeside();
  return (
    <>
      <h1 className="pt-5 text-sm font-semibold text-ink-soft">Backstage</h1>
      <div className="flex flex-col gap-7 pt-3">
        {isBeside ? (
          <>
            <p className="text-lg">On this screen the backstage stands beside the phone.</p>
            <ButtonLink kind="main" href="/">
              To the shop
            </ButtonLink>
          </>
        ) : isBeside === false ? (
          <Backstage />
        ) : (
          <BackstageLoading />
        )}
      </div>
    </>
  );
}
