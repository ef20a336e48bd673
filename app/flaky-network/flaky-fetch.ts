import { v4 as uuid } from 'uuid';
import { cutMidway, networkFailure, turnedAway } from './broken-answers.ts';
import type { Mishap } from './trouble.ts';

interface FlakyFetchPorts {
  readonly fetch: typeof fetch;
  /** The script in force now; empty while the switch is off. Asked at each try, so that the switch works midway. */
  readonly script: () => readonly Mishap[];
  readonly sleep: (milliseconds: number, signal: AbortSignal | null) => Promise<void>;
  /** Takes the connection of the whole page away for a time. Default: only the try fails. */
  readonly goOffline?: (milliseconds: number) => void;
  /** Hears of each mishap when it begins. */
  readonly onMishap?: (mishap: Mishap) => void;
}

/**
 * A `fetch` with a bad connection under it. It stands below the retry link, where a real network fails, so that all
 * above it is the code that would run in a shop. Only payments are disturbed: the lesson is about them.
 */
export function createFlakyFetch({
  fetch,
  script,
  sleep,
  goOffline,
  onMishap,
}: FlakyFetchPorts): typeof globalThis.fetch {
  const triesOf = new Map<string, number>();

  function nextMishap(url: string, init: RequestInit | undefined): Mishap | undefined {
    const payment = identityOf(url, init);
    const tried = triesOf.get(payment) ?? 0;
    triesOf.set(payment, tried + 1);
    return script()[tried];
  }

  return async (target, init) => {
    const url = String(target instanceof Request ? target.url : target);
    const mishap = PAYMENT.test(url) ? nextMishap(url, init) : undefined;
    if (mishap) onMishap?.(mishap);
    switch (mishap?.kind) {
      case undefined:
        return fetch(target, init);
      case 'lose_request':
        throw networkFailure();
      case 'lose_response':
        // The whole answer is awaited first: the server has done its work and believes that it was heard.
        await (await fetch(target, init)).arrayBuffer();
        throw networkFailure();
      case 'cut_midway':
        return cutMidway(await fetch(target, init));
      case 'delay':
        await sleep(mishap.delayMs, init?.signal ?? null);
        return fetch(target, init);
      case 'duplicate':
        return deliveredTwice(() => fetch(target, init));
      case 'offline':
        goOffline?.(mishap.offlineMs);
        throw networkFailure();
      case 'answer_503':
        return turnedAway(503);
      case 'answer_429':
        return turnedAway(429, mishap.retryAfterSeconds);
      case 'cut_socket':
        await keepWarm(fetch);
        return fetch(target, askingForTheCut(init));
    }
  };
}

const PAYMENT = /\/checkout\.pay(Unprotected)?(\?|$)/;

/** Tries of one payment carry the same key, or without protection the same body to the same procedure. */
function identityOf(url: string, init: RequestInit | undefined): string {
  const key = new Headers(init?.headers).get('idempotency-key');
  return key ?? `${url} ${String(init?.body)}`;
}

/** Both are under way at once; the first answer is handed on, and the other is read so that its socket is freed. */
async function deliveredTwice(send: () => Promise<Response>): Promise<Response> {
  const [first, second] = [send(), send()];
  second.then((response) => response.arrayBuffer()).catch(() => undefined);
  return first;
}

/** A browser repeats by itself only what it sent on a connection that had worked before: two at once leave two of those. */
async function keepWarm(fetch: typeof globalThis.fetch): Promise<void> {
  const visits = [1, 2].map(() => fetch('/api/health', { cache: 'no-store' }).then((response) => response.text()));
  await Promise.allSettled(visits);
}

/**
 * The shop does what it is asked and hangs up before the first byte, on the first two deliveries. It obeys only where
 * the demo is on. The browser repeats the request with its headers, so all deliveries belong to one run.
 */
function askingForTheCut(init: RequestInit | undefined): RequestInit {
  const headers = new Headers(init?.headers);
  headers.set('Payonce-Demo-Cut', `after-commit; run=${uuid()}`);
  return { ...init, headers };
}
