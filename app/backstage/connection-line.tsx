import type { FeedView } from './feed.ts';

/** Whether what is shown is of now. Said in words to who cannot see the dot, and only when it changes. */
export function ConnectionLine({ connection }: Pick<FeedView, 'connection'>) {
  const isLive = connection === 'live';
  return (
    <p role="status" data-testid="connection" className="flex min-h-6 items-center gap-2 text-sm text-ink-soft">
      <span
        aria-hidden="true"
        className={`size-2 shrink-0 rounded-full ${isLive ? 'bg-accent' : 'animate-pulse bg-line-strong'}`}
      />
      {WORDS[connection]}
    </p>
  );
}

const WORDS: Record<FeedView['connection'], string> = {
  connecting: 'Connecting to the shop',
  live: 'Live from the shop',
  reconnecting: 'The shop does not answer. This is what it said last; we keep asking.',
  refused: 'Too many windows are open on this shop. Close one, and this one goes on.',
};
