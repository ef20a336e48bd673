'use client';

import { startTransition, useEffect, useState } from 'react';

/** For a browser that does not tell when it is idle; Safari does not. */
const SOON_MS = 200;

/** Whether the page has been idle since it came: false at first, for what may come late and must hold nothing up. */
export function useIdle(): boolean {
  const [isIdle, setIdle] = useState(false);
  useEffect(() => {
    const become = () => startTransition(() => setIdle(true));
    if (!('requestIdleCallback' in window)) {
      const timer = setTimeout(become, SOON_MS);
      return () => clearTimeout(timer);
    }
    const request = window.requestIdleCallback(become);
    return () => window.cancelIdleCallback(request);
  }, []);
  return isIdle;
}
