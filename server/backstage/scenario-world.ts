import { shopError } from '../errors.ts';

/** A fault that was arranged and not met is gone after this; a run of a scenario takes less. */
const FORGOTTEN_AFTER_MS = 120_000;

/** Time to reload a page or to turn to another tab, and less than the page waits for an answer. */
const SLOW_BANK_MS = 2_500;

/** Arranged and not forgotten yet, by all visitors together. */
const ARRANGED_MAX = 50;

export interface ScenarioWorld {
  /** The tax service fails for this cart, so many times, and for nobody else. */
  taxDown(cartId: string, calls: number): Promise<void>;
  /** The bank takes its time over the next payment of this cart: the money is taken, and word of it comes later. */
  slowBank(cartId: string): Promise<void>;
}

/** The switches of the sandbox, for one cart at a time. A tax service that is not our sandbox has none. */
export function scenarioWorld(taxUrl: string): ScenarioWorld {
  const faultsUrl = new URL('/faults', taxUrl);
  let arranged = 0;

  async function arrange(fault: Record<string, unknown>): Promise<void> {
    if (!LOCAL_NAMES.has(faultsUrl.hostname)) throw shopError('not_found');
    if (arranged >= ARRANGED_MAX) throw shopError('rate_limited');
    arranged += 1;
    try {
      const faultId = await post(faultsUrl, fault);
      setTimeout(() => {
        arranged -= 1;
        // Used up or not, the sandbox lists it until it is taken away; one that is gone by itself needs nothing.
        fetch(`${faultsUrl.href}/${faultId}`, { method: 'DELETE' }).catch(() => undefined);
      }, FORGOTTEN_AFTER_MS).unref();
    } catch (error) {
      arranged -= 1;
      throw shopError('not_found', { cause: error });
    }
  }

  return {
    taxDown: (cartId, calls) =>
      arrange({ operation: 'tax.quote', fault: 'error', status: 503, times: calls, match: { cartId } }),
    slowBank: (cartId) =>
      arrange({
        operation: 'payment_intents.confirm',
        fault: 'delay_answer',
        delayMs: SLOW_BANK_MS,
        times: 1,
        match: { cartId },
      }),
  };
}

/** The sandbox listens on this machine alone, so that is where its switches may be looked for. */
const LOCAL_NAMES: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

async function post(url: URL, body: unknown): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(2_000),
  });
  if (!response.ok) throw new Error(`${url.href} answered ${response.status}`);
  const { faultId } = (await response.json()) as { faultId: string };
  return faultId;
}
