import type { BrowserContext, Page, Request, Route } from '@playwright/test';

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
  readonly body: unknown;
}

/** All calls about payments that any tab of a browser has begun, in their order. */
export function watchCheckout(context: BrowserContext): CheckoutCall[] {
  const calls: CheckoutCall[] = [];
  context.on('request', (request) => {
    const [, procedure] = /\/api\/trpc\/checkout\.(pay|status)\b/.exec(request.url()) ?? [];
    if (procedure) calls.push({ procedure, key: keyOf(request), body: request.postDataJSON() });
  });
  return calls;
}

export const keysOf = (calls: readonly CheckoutCall[]) => [...new Set(calls.map(({ key }) => key))];

function keyOf(request: Request): string | undefined {
  const input = new URL(request.url()).searchParams.get('input');
  if (input) return (JSON.parse(input) as { idempotencyKey?: string }).idempotencyKey;
  return request.headers()['idempotency-key']?.replaceAll('"', '');
}

export interface Gate {
  /** How many payments have come to it. */
  readonly arrived: () => number;
  /** Lets them, and all that come later, go on. */
  open(): Promise<void>;
}

/** Holds the payments of a page before their first byte leaves the browser. */
export async function holdPayments(page: Page | BrowserContext): Promise<Gate> {
  const held: Route[] = [];
  let count = 0;
  let isOpen = false;
  await page.route(/\/api\/trpc\/checkout\.pay\b/, async (route) => {
    count += 1;
    if (isOpen) return route.fallback();
    held.push(route);
  });
  return {
    arrived: () => count,
    async open() {
      isOpen = true;
      // The page may have stopped waiting for it, or be gone.
      for (const route of held.splice(0)) await route.fallback().catch(() => undefined);
    },
  };
}
