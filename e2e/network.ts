import type { Page, Route } from '@playwright/test';

type Fate = (route: Route) => Promise<void>;

/** One request for a payment as the browser sent it. */
export interface SentPayment {
  readonly idempotencyKey: string | undefined;
  readonly input: { readonly cartId: string; readonly email: string; readonly expectedTotalMinor: number };
}

/**
 * The network between the page and `checkout.pay`. Fates are used up in the order they were given; what comes after
 * them arrives. The page cannot tell this from a real fault: its fetch rejects in the same way.
 */
export class Network {
  readonly sent: SentPayment[] = [];
  readonly #fates: Fate[] = [];

  static async between(page: Page): Promise<Network> {
    const network = new Network();
    await page.route(/\/api\/trpc\/checkout\.pay(Unprotected)?\b/, (route) => network.#carry(route));
    return network;
  }

  /** The server never hears of it. */
  loseRequests(count: number): void {
    this.#give(count, (route) => route.abort('connectionfailed'));
  }

  /** The server does all of its work, and the answer is lost on the way back. */
  loseResponses(count: number): void {
    this.#give(count, async (route) => {
      await route.fetch();
      await route.abort('connectionreset');
    });
  }

  /** The same bytes arrive twice at once, as a proxy that is unsure may send them; the page gets one of the answers. */
  duplicate(count = 1): void {
    this.#give(count, async (route) => {
      const [answer] = await Promise.all([route.fetch(), route.fetch()]);
      await route.fulfill({ response: answer });
    });
  }

  /** From now on everything arrives. */
  forgetFates(): void {
    this.#fates.length = 0;
  }

  async #carry(route: Route): Promise<void> {
    const request = route.request();
    this.sent.push({ idempotencyKey: request.headers()['idempotency-key'], input: request.postDataJSON() });
    const fate = this.#fates.shift();
    await (fate ? fate(route) : route.continue());
  }

  #give(count: number, fate: Fate): void {
    for (let given = 0; given < count; given += 1) this.#fates.push(fate);
  }
}
