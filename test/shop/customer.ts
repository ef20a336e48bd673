import { randomUUID } from 'node:crypto';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** As it came, for comparing byte by byte. */
  readonly text: string;
  readonly data: Record<string, unknown>;
  /** `error.data`, empty for a success. */
  readonly error: Record<string, unknown>;
}

export interface PayRequest {
  readonly cartId: string;
  readonly paymentMethod?: string;
  readonly expectedTotalMinor?: number;
  readonly email?: string;
}

/** One of `field-notes` with tax: what most tests buy. */
const FIELD_NOTES_TOTAL_MINOR = 2_490;

/** Somebody with a cookie of their own, who speaks plain HTTP. */
export class Customer {
  #url: string;
  #cookie: string | undefined;

  constructor(shop: { readonly url: string }) {
    this.#url = shop.url;
  }

  /** Goes on with the same cookie at another address. */
  visit(shop: { readonly url: string }): void {
    this.#url = shop.url;
  }

  async mutate(path: string, input: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(input),
    });
  }

  async query(path: string, input?: unknown): Promise<Answer> {
    const search = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`;
    return this.send(`${path}${search}`, {});
  }

  async send(path: string, init: RequestInit): Promise<Answer> {
    const headers = new Headers(init.headers);
    if (this.#cookie) headers.set('Cookie', this.#cookie);
    const response = await fetch(`${this.#url}/api/trpc/${path}`, { ...init, headers });
    const cookie = response.headers.getSetCookie()[0]?.split(';')[0];
    if (cookie) this.#cookie = cookie;
    const text = await response.text();
    const body = JSON.parse(text) as { result?: { data: Answer['data'] }; error?: { data: Answer['error'] } };
    return {
      status: response.status,
      headers: response.headers,
      text,
      data: body.result?.data ?? {},
      error: body.error?.data ?? {},
    };
  }

  /** Who this is to the shop; undefined before the first mutation. */
  get cookie(): string | undefined {
    return this.#cookie;
  }

  /** A cart with one of each of the given things. */
  async fillCart(skus: readonly string[] = ['field-notes'], cartId: string = randomUUID()): Promise<string> {
    const lines = skus.map((sku) => ({ sku, quantity: 1 }));
    const answer = await this.mutate('cart.put', { cartId, lines });
    if (answer.status !== 200) throw new Error(`the cart was not put: ${answer.text}`);
    return cartId;
  }

  pay(idempotencyKey: string, request: PayRequest): Promise<Answer> {
    return this.mutate('checkout.pay', payInput(request), { 'Idempotency-Key': `"${idempotencyKey}"` });
  }

  payUnprotected(request: PayRequest): Promise<Answer> {
    return this.mutate('checkout.payUnprotected', payInput(request));
  }
}

function payInput(request: PayRequest) {
  return {
    paymentMethod: 'pm_card_visa',
    expectedTotalMinor: FIELD_NOTES_TOTAL_MINOR,
    email: 'guest@example.com',
    ...request,
  };
}

/** How many of the answers came out how, such as `{ 200: 1, out_of_stock: 49 }`. */
export function tally(answers: readonly Answer[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, error } of answers) {
    const name = typeof error.reason === 'string' ? error.reason : String(status);
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}
