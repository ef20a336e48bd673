'use client';

import dynamic from 'next/dynamic';
import { usePathname } from 'next/navigation';
import { useBeside } from './use-beside.ts';

const PhoneHintCard = dynamic(() => import('./phone-hint-card.tsx'), { ssr: false });

/**
 * The steps for a first visit where the backstage is out of sight. Not in the cart, where the one thing to do is a
 * button in the same place, and not in the backstage, which has them itself.
 */
export function PhoneHint() {
  const path = usePathname();
  const isBeside = useBeside();
  const isShown = isBeside === false && (path === '/' || path.startsWith('/orders/'));
  return isShown && <PhoneHintCard />;
}
