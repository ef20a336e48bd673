import { sleep, wallTime } from '@payonce/retry';
import { v4 as uuid } from 'uuid';
import type { AttemptStorage } from './attempt-shelf.ts';
import { claimTurns, lockTurns, type Turn, type Turns } from './turn.ts';

/** The tabs of one site, as one of them sees them: one has the turn and tells, the others hear. */
export interface Tabs<News> extends Turns {
  /** To all other tabs. */
  tell(news: News): void;
  /** `onAsked`: another tab wants to know where things stand. Returns what ends the listening. */
  hear(listener: { onNews(news: News): void; onAsked(): void }): () => void;
  ask(): void;
}

export interface TabsOptions {
  /** One name for one thing that only one tab does at a time. A version in it keeps apart pages that speak otherwise. */
  readonly name: string;
  /** For the claim where there are no Web Locks; null when the browser forbids storage. */
  readonly storage: AttemptStorage | null;
  /** Default: the page's own; undefined outside of a secure context. */
  readonly locks?: Pick<LockManager, 'request'> | undefined;
  /** Default: a `BroadcastChannel`. */
  readonly channel?: TabChannel | undefined;
}

export type TabChannel = Pick<BroadcastChannel, 'postMessage' | 'addEventListener' | 'removeEventListener'>;

type Message<News> = { readonly kind: 'news'; readonly news: News } | { readonly kind: 'asked' };

/** Who waits for the turn is to have heard the last word of who had it: messages and locks travel apart. */
const LAST_WORD_MS = 50;

export function createTabs<News>({
  name,
  storage,
  locks = globalThis.navigator?.locks,
  channel = openChannel(name),
}: TabsOptions): Tabs<News> {
  const turns = locks
    ? lockTurns(locks, name)
    : claimTurns({ storage, storageKey: name, tab: uuid(), now: wallTime, wait: sleep });
  const post = (message: Message<News>) => channel?.postMessage(message);
  const lastWord = createLastWord();
  return {
    take: async () => lastWord.takeBack() ?? lastWord.before(await turns.take()),
    queue: async (signal) => lastWord.takeBack() ?? lastWord.before(await turns.queue(signal)),
    tell(news) {
      lastWord.said();
      post({ kind: 'news', news });
    },
    ask: () => post({ kind: 'asked' }),
    hear({ onNews, onAsked }) {
      const listen = ({ data }: MessageEvent<Message<News>>) => (data.kind === 'news' ? onNews(data.news) : onAsked());
      channel?.addEventListener('message', listen);
      return () => channel?.removeEventListener('message', listen);
    },
  };
}

/** Lets a turn go a moment later when something was told in it. Until then it is still ours to take back. */
function createLastWord() {
  let hasSpoken = false;
  let leaving: { readonly turn: Turn; readonly timer: ReturnType<typeof setTimeout> } | null = null;

  function before(turn: Turn | null): Turn | null {
    if (!turn) return null;
    hasSpoken = false;
    return {
      release() {
        if (!hasSpoken) return turn.release();
        const timer = setTimeout(() => {
          leaving = null;
          turn.release();
        }, LAST_WORD_MS);
        leaving = { turn, timer };
      },
    };
  }

  return {
    before,
    said: () => {
      hasSpoken = true;
    },
    takeBack(): Turn | null {
      if (!leaving) return null;
      const { turn, timer } = leaving;
      clearTimeout(timer);
      leaving = null;
      return before(turn);
    },
  };
}

function openChannel(name: string): TabChannel | undefined {
  return typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(name);
}
