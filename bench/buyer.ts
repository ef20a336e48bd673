import { randomUUID } from 'node:crypto';

/** A cart that is ready to be paid, and how often it may be. */
export interface ReadyCart {
  readonly cartId: string;
  readonly idempotencyKey: string;
}

/** A customer with one warm connection, as a browser has one. Whatever it is answered but 200 ends the bench. */
export class Buyer {
  readonly #url: string;
  #cookie = '';

  constructor(shopUrl: string) {
    this.#url = `${shopUrl}/api/trpc`;
  }

  async fillCart(): Promise<ReadyCart> {
    const cart = { cartId: randomUUID(), idempotencyKey: randomUUID() };
    await this.#mutate('cart.put', { cartId: cart.cartId, lines: [{ sku: 'field-notes', quantity: 1 }] });
    return cart;
  }

  payProtected = ({ cartId, idempotencyKey }: ReadyCart) =>
    this.#mutate('checkout.pay', inputFor(cartId), { 'idempotency-key': idempotencyKey });

  payUnprotected = ({ cartId }: ReadyCart) => this.#mutate('checkout.payUnprotected', inputFor(cartId));

  async #mutate(procedure: string, input: object, headers: Record<string, string> = {}): Promise<void> {
    const answer = await fetch(`${this.#url}/${procedure}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(this.#cookie ? { cookie: this.#cookie } : {}), ...headers },
      body: JSON.stringify(input),
    });
    const body = await answer.text();
    if (answer.status !== 200) throw new Error(`${procedure} answered ${answer.status}: ${body}`);
    const [cookie] = answer.headers.getSetCookie();
    if (cookie) this.#cookie = cookie.split(';')[0] ?? '';
  }
}

/** One of the first product: 20.75 and 20 % tax. */
const inputFor = (cartId: string) => ({
  cartId,
  paymentMethod: 'pm_card_visa',
  expectedTotalMinor: 2490,
  email: 'bench@example.com',
});
