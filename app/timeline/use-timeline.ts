'use client';

import { useEffect, useMemo, useState } from 'react';
import { useFeed } from '../backstage/use-feed.ts';
import { isOpen, type Try } from '../checkout/payment-state.ts';
import { usePayment } from '../checkout/use-payment.ts';
import { client } from '../client.ts';
import { type Layout, layOut } from './lanes.ts';

/** Often enough to be seen to grow, seldom enough to leave the page its time. */
const DRAW_EVERY_MS = 100;

/** The last payment of this page, try by try, as it stands now. */
export function useTimeline(): Layout & { readonly isOpen: boolean; readonly reference: string | null } {
  const { state, tries, cartId, reference } = usePayment();
  const { snapshot } = useFeed();
  const seen = useMemo(() => {
    if (!snapshot) return null;
    const rows = snapshot.requests.filter((request) => request.cartId === cartId);
    return { rows, serverNow: snapshot.now, seenAt: Date.now() };
  }, [snapshot, cartId]);
  const open = isOpen(state);
  const now = useNow(open);
  return { ...layOut({ tries, seen, mishapOf, now }), isOpen: open, reference };
}

const mishapOf = ({ startedAt, endedAt }: Try) =>
  client().mishaps.between(startedAt, endedAt ?? Number.POSITIVE_INFINITY);

function useNow(isRunning: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = isRunning ? setInterval(() => setNow(Date.now()), DRAW_EVERY_MS) : undefined;
    setNow(Date.now());
    return () => clearInterval(timer);
  }, [isRunning]);
  return now;
}
