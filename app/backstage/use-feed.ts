'use client';

import { useSyncExternalStore } from 'react';
import { createFeed, type Feed, type FeedView } from './feed.ts';
import { watchShop } from './watch-shop.ts';

/** One stream for the page, however many parts of it look at it. */
export function useFeed(): FeedView {
  return useSyncExternalStore(subscribe, current, () => NOT_YET);
}

const NOT_YET: FeedView = { connection: 'connecting', snapshot: null };

let page: Feed | undefined;

function feed(): Feed {
  page ??= createFeed({
    watch: watchShop,
    later(task, milliseconds) {
      const timer = setTimeout(task, milliseconds);
      return () => clearTimeout(timer);
    },
    onVisibility(listener) {
      const tell = () => listener(document.visibilityState === 'visible');
      document.addEventListener('visibilitychange', tell);
      return () => document.removeEventListener('visibilitychange', tell);
    },
  });
  return page;
}

const subscribe = (listener: () => void) => feed().subscribe(listener);
const current = () => feed().getSnapshot();
