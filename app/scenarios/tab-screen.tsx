'use client';

import { useEffect, useState } from 'react';
import { pageStorage } from '../page-storage.ts';
import { createBuyer } from './buyer.ts';
import type { Step } from './scenario.ts';
import { hear, type News, type Order, tell } from './tab-messages.ts';
import { untilKnown } from './told-payment.ts';

/**
 * The second page of a scenario: a document and a client of its own, which shares with the first what tabs share. It
 * pays when it is told to, and it takes up by itself what it finds unfinished.
 */
export function TabScreen() {
  const [last, setLast] = useState('Nothing yet.');

  useEffect(() => {
    const first = window.parent;
    const storageKey = window.location.hash.slice(1);
    if (first === window || storageKey === '') return;
    const send = (news: News) => tell(first, news);
    const say = (who: Step['who'], words: string) => {
      setLast(words);
      send({ kind: 'step', step: { who, words } });
    };
    const buyer = createBuyer({
      ...{ storage: pageStorage(), storageKey, say, now: Date.now },
      onSent: () => send({ kind: 'sent' }),
    });
    const finish = async (start: Promise<void>) => {
      await start;
      await untilKnown(buyer.payment, say);
      send({ kind: 'done' });
    };
    const stopHearing = hear<Order>(first, ({ input, withKey }) => {
      void finish(buyer.payment.pay(input, { withKey }));
    });
    const found = buyer.payment.isOpen();
    send({ kind: 'opened', found });
    if (found) void finish(buyer.payment.resume());
    return () => {
      stopHearing();
      buyer.leave();
    };
  }, []);

  return (
    <main className="p-4 text-sm">
      <h1 className="font-semibold">The other page</h1>
      <p className="mt-1 leading-snug text-ink-soft">{last}</p>
    </main>
  );
}
