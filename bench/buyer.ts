import { randomUUID } from 'node:crypto';
import { HttpClient } from './http-client.ts';

/** A cart that is ready to be paid, and how often it may be. */
export interface ReadyCart {
  readonly buyer: Buyer;
  readonly cartId: string;
  readonly idempotencyKey: string;
}

/** A customer with warm connections, as a browser has them. */
export class Buyer {
  readonly #http: HttpClient;

  constructor(shopUrl: string) {
    this.#http = new HttpClient(shopUrl);
  }

  async fillCart(): Promise<ReadyCart> {
    const cart = { buyer: this, cartId: randomUUID(), idempotencyKey: randomUUID() };
    await this.mutate('cart.put', { cartId: cart.cartId, lines: [{ sku: 'field-notes', quantity: 1 }] });
    return cart;
  }

  payProtected({ cartId, idempotencyKey }: ReadyCart): Promise<string> {
    return this.mutate('checkout.pay', payInput(cartId), { 'idempotency-key': idempotencyKey });
  }

  payUnprotected({ cartId }: ReadyCart): Promise<string> {
    return this.mutate('checkout.payUnprotected', payInput(cartId));
  }

  mutate(procedure: string, json: unknown, headers: Record<string, string> = {}): Promise<string> {
    return this.#http.send(`/api/trpc/${procedure}`, { json, headers });
  }

  query(procedure: string, input: unknown): Promise<string> {
    const search = new URLSearchParams({ input: JSON.stringify(input) });
    return this.#http.send(`/api/trpc/${procedure}?${search}`, { method: 'GET' });
  }

  close(): void {
    this.#http.close();
  }
}

/** One of the first product: 20.75 and 20 % tax. */
export const payInput = (cartId: string) => ({
  cartId,
  paymentMethod: 'pm_card_visa',
  expectedTotalMinor: 2490,
  email: 'bench@example.com',
});
