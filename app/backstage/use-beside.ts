'use client';

import { useSyncExternalStore } from 'react';

/** From here on the shop is a phone on a table, with room beside it. The same as the breakpoint `phone-up`. */
const BESIDE = '(min-width: 641px)';

/** Whether the backstage stands beside the phone; null on the server, which cannot know. */
export function useBeside(): boolean | null {
  return useSyncExternalStore(subscribe, current, () => null);
}

function subscribe(listener: () => void): () => void {
  const media = window.matchMedia(BESIDE);
  media.addEventListener('change', listener);
  return () => media.removeEventListener('change', listener);
}

const current = () => window.matchMedia(BESIDE).matches;
