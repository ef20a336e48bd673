import type { BrowserContext, Page, Request } from '@playwright/test';

/** What the browser keeps of a payment from the tap on. */
export interface KeptAttempt {
  readonly key: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly createdAt: number;
}

/** The attempt that a tab would find after a reload; null when there is none. */
export async function keptAttempt(page: Page): Promise<KeptAttempt | null> {
  return page.evaluate(() => JSON.parse(localStorage.getItem('payonce.attempt') ?? 'null'));
}

export interface CheckoutCall {
  readonly procedure: string;
  /** The key it carries or asks about. */
  readonly key: string | undefined;
  /** Which request of its payment it says it is, from 1. */
  readonly tryNumber: number;
  readonly body: unknown;
}

/** All calls about payments that any tab of a browser has begun, in their order. */
export function watchCheckout(context: BrowserContext): CheckoutCall[] {
  const calls: CheckoutCall[] = [];
  context.on('request', (request) => {
    const [, procedure] = /\/api\/trpc\/checkout\.(pay|status)\b/.exec(request.url()) ?? [];
    if (!procedure) return;
    const tryNumber = Number(request.headers()['payonce-attempt']);
    calls.push({ procedure, key: keyOf(request), tryNumber, body: request.postDataJSON() });
  });
  return calls;
}

/** Two senders would each count from 1. */
export function areOfOneSender(calls: readonly CheckoutCall[]): boolean {
  const numbers = calls.filter(({ procedure }) => procedure === 'pay').map(({ tryNumber }) => tryNumber);
  return numbers.length > 0 && numbers.every((number, index) => number === index + 1);
}

/** How often Pay was tapped in a tab, whatever came of it. */
export async function tapsIn(page: Page): Promise<number> {
  return page.evaluate(() => JSON.parse(sessionStorage.getItem('payonce.taps') ?? '{"count":0}').count);
}

export const keysOf = (calls: readonly CheckoutCall[]) => [...new Set(calls.map(({ key }) => key))];

function keyOf(request: Request): string | undefined {
  const input = new URL(request.url()).searchParams.get('input');
  if (input) return (JSON.parse(input) as { idempotencyKey?: string }).idempotencyKey;
  return request.headers()['idempotency-key']?.replaceAll('"', '');
}
