import type { Mishap } from './trouble.ts';

interface FlakyFetchPorts {
  readonly fetch: typeof fetch;
  /** The script in force now; empty while the switch is off. Asked at each try, so that the switch works midway. */
  readonly script: () => readonly Mishap[];
  readonly sleep: (milliseconds: number, signal: AbortSignal | null) => Promise<void>;
}

/**
 * A `fetch` with a bad connection under it. It stands below the retry link, where a real network fails, so that all
 * above it is the code that would run in a shop. Only payments are disturbed: the lesson is about them.
 */
export function createFlakyFetch({ fetch, script, sleep }: FlakyFetchPorts): typeof globalThis.fetch {
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
    switch (mishap?.kind) {
      case undefined:
        return fetch(target, init);
      case 'lose_request':
        throw networkFailure();
      case 'lose_response':
        // The whole answer is awaited first: the server has done its work and believes that it was heard.
        await (await fetch(target, init)).arrayBuffer();
        throw networkFailure();
      case 'delay':
        await sleep(mishap.delayMs, init?.signal ?? null);
        return fetch(target, init);
      case 'duplicate':
        return deliveredTwice(() => fetch(target, init));
    }
  };
}

const PAYMENT = /\/checkout\.pay(Unprotected)?(\?|$)/;

/** Tries of one payment carry the same key, or without protection the same body to the same procedure. */
function identityOf(url: string, init: RequestInit | undefined): string {
  const key = new Headers(init?.headers).get('idempotency-key');
  return key ?? `${url} ${String(init?.body)}`;
}

/** What a browser says of a connection that broke, word for word. */
function networkFailure(): TypeError {
  return new TypeError('Failed to fetch');
}

/** Both are under way at once; the first answer is handed on, and the other is read so that its socket is freed. */
async function deliveredTwice(send: () => Promise<Response>): Promise<Response> {
  const [first, second] = [send(), send()];
  second.then((response) => response.arrayBuffer()).catch(() => undefined);
  return first;
}
