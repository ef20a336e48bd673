'use client';

import { useSyncExternalStore } from 'react';

/** From here on the table has room beside the phone. The same as the breakpoint `desk`. */
const BESIDE = '(min-width: 960px)';

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
