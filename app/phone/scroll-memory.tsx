'use client';

import { usePathname } from 'next/navigation';
import { useLayoutEffect } from 'react';

/** On the table the phone scrolls by itself, so the browser does not put it back where it was: this does. */
export function ScrollMemory({ screenId }: { screenId: string }) {
  const path = usePathname();
  useLayoutEffect(() => {
    const screen = document.getElementById(screenId);
    if (!screen) return;
    screen.scrollTop = positions.get(path) ?? 0;
    const remember = () => positions.set(path, screen.scrollTop);
    screen.addEventListener('scroll', remember, { passive: true });
    return () => screen.removeEventListener('scroll', remember);
  }, [path, screenId]);
  return null;
}

const positions = new Map<string, number>();
