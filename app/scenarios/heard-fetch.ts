import type { Say } from './scenario.ts';

const PAYMENT = /\/checkout\.pay(Unprotected)?(\?|$)/;

/** What is known of one request on its way. */
interface Passage {
  readonly number: number;
  arrivals: number;
  answers: number;
}

/**
 * Two ears on the network: one above what goes wrong, which hears what the page sends and whether an answer came, and
 * one below, which hears what arrived. Their difference is what the network did. They change nothing that passes.
 */
export function createEars(say: Say, onSent: () => void) {
  const passages = new WeakMap<AbortSignal, Passage>();
  let sent = 0;

  const below =
    (fetch: typeof globalThis.fetch): typeof globalThis.fetch =>
    async (target, init) => {
      const passage = init?.signal ? passages.get(init.signal) : undefined;
      if (passage) passage.arrivals += 1;
      if (passage?.arrivals === 2) say('Network', `Request ${passage.number} is delivered twice.`);
      const response = await fetch(target, init);
      if (passage) {
        passage.answers += 1;
        say('Shop', `Request ${passage.number} is answered: ${await wordsOf(response.clone())}`);
      }
      return response;
    };

  const above =
    (fetch: typeof globalThis.fetch): typeof globalThis.fetch =>
    async (target, init) => {
      if (!PAYMENT.test(urlOf(target))) return fetch(target, init);
      sent += 1;
      const passage: Passage = { number: sent, arrivals: 0, answers: 0 };
      if (init?.signal) passages.set(init.signal, passage);
      say('Page', `Sends request ${passage.number}.`);
      onSent();
      try {
        return await fetch(target, init);
      } catch (error) {
        say('Network', lossWords(passage, init?.signal?.aborted === true));
        throw error;
      }
    };

  return { above, below };
}

function urlOf(target: RequestInfo | URL): string {
  return target instanceof Request ? target.url : String(target);
}

function lossWords({ number, arrivals, answers }: Passage, aborted: boolean): string {
  if (aborted) return `No answer to request ${number} in time; the page hangs up on it.`;
  if (arrivals === 0) return `Request ${number} is lost on its way to the shop.`;
  if (answers === 0) return `The connection of request ${number} breaks.`;
  return `The answer to request ${number} is lost on its way back.`;
}

async function wordsOf(response: Response): Promise<string> {
  if (response.ok) {
    return response.headers.get('Idempotent-Replayed') === 'true' ? 'the stored answer once more, paid.' : 'paid.';
  }
  const reason = await reasonIn(response);
  const wait = response.headers.get('Retry-After');
  const again = response.headers.get('Idempotent-Replayed') === 'true' ? 'the stored answer once more, ' : '';
  return `${again}${response.status}, ${REASON_WORDS[reason] ?? reason}${wait ? `, come back in ${wait} s` : ''}.`;
}

async function reasonIn(response: Response): Promise<string> {
  try {
    const body = (await response.json()) as { error?: { data?: { reason?: unknown } } };
    return String(body.error?.data?.reason ?? 'no reason given');
  } catch {
    return 'an answer that cannot be read';
  }
}

const REASON_WORDS: Readonly<Record<string, string>> = {
  idempotency_key_in_use: 'the first request with this key is still running',
  idempotency_key_reused: 'this key was used for something else',
  card_declined: 'the card was declined',
  out_of_stock: 'sold out',
  total_changed: 'that is not the total',
  already_ordered: 'this cart is an order already',
  payment_in_progress: 'this cart is being paid under another key',
  tax_unavailable: 'the tax service is down and nothing was taken',
};
