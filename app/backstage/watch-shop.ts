import type { Snapshot } from '#server/backstage/snapshot.ts';
import type { Watching } from './feed.ts';

/** The shop says something every ten seconds, so after two silences nobody is there, whatever the socket believes. */
const SILENCE_MAX_MS = 25_000;

/**
 * Reads the events of tRPC's `backstage.watch`, past the flaky network, which spoils only what a buyer sends.
 *
 * By the browser's own EventSource and not by tRPC's subscription link: that one stands in the same module as the rest
 * of tRPC's client, so every visitor of the shop would load what only the backstage needs.
 */
export function watchShop({ onState, onConnection, onEnd }: Watching): () => void {
  const stream = new EventSource('/api/trpc/backstage.watch');
  let silence: ReturnType<typeof setTimeout> | undefined;
  const close = () => {
    clearTimeout(silence);
    stream.close();
  };
  const end = (why: 'ended' | 'refused') => {
    close();
    onEnd(why);
  };
  const heard = () => {
    clearTimeout(silence);
    silence = setTimeout(() => end('ended'), SILENCE_MAX_MS);
  };
  heard();
  stream.addEventListener('ping', heard);
  stream.addEventListener('connected', () => {
    heard();
    onConnection('live');
  });
  stream.addEventListener('message', ({ data }) => {
    heard();
    onState(JSON.parse(data) as Snapshot);
  });
  stream.addEventListener('serialized-error', ({ data }) => end(isRefusal(data) ? 'refused' : 'ended'));
  stream.addEventListener('return', () => end('ended'));
  stream.addEventListener('error', () => {
    // While it is not closed, the browser comes back by itself.
    if (stream.readyState === EventSource.CLOSED) end('ended');
    else onConnection('reconnecting');
  });
  return close;
}

function isRefusal(text: string): boolean {
  const error = JSON.parse(text) as { readonly data?: { readonly reason?: unknown } } | null;
  return error?.data?.reason === 'too_many_watches';
}
