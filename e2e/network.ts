import { expect, type Page, type Route } from '@playwright/test';

export type Fate = (route: Route) => unknown;

/** One request for a payment as the browser sent it. */
export interface SentPayment {
  readonly idempotencyKey: string | undefined;
  readonly input: { readonly cartId: string; readonly email: string; readonly expectedTotalMinor: number };
}

/**
 * The network between the page and `checkout.pay`. Fates are used up in the order they were given; what comes after
 * them arrives, or is held. The page cannot tell this from a real fault: its fetch rejects in the same way.
 *
 * A client that waits draws how long, and it may draw next to nothing. So a test that wants to see what happens between
 * two requests does not race the second one: it holds it.
 */
export class Network {
  readonly sent: SentPayment[] = [];
  readonly #fates: Fate[] = [];
  #held: Route[] | null = null;

  static async between(page: Page): Promise<Network> {
    const network = new Network();
    await page.route(/\/api\/trpc\/checkout\.pay(Unprotected)?\b/, (route) => network.#carry(route));
    return network;
  }

  /** The server never hears of it. */
  loseRequests(count: number): void {
    this.give(count, (route) => route.abort('connectionfailed'));
  }

  /** The server does all of its work, and the answer is lost on the way back. */
  loseResponses(count: number): void {
    this.give(count, async (route) => {
      await route.fetch();
      await route.abort('connectionreset');
    });
  }

  /** The same bytes arrive twice at once, as a proxy that is unsure may send them; the page gets one of the answers. */
  duplicate(count = 1): void {
    this.give(count, async (route) => {
      const [answer] = await Promise.all([route.fetch(), route.fetch()]);
      await route.fulfill({ response: answer });
    });
  }

  /** Whatever else may become of a request. One that is neither answered nor ended is a black hole. */
  give(count: number, fate: Fate): void {
    for (let given = 0; given < count; given += 1) this.#fates.push(fate);
  }

  /** What comes after the fates is held, before its first byte leaves the browser, until everything may arrive. */
  holdTheRest(): void {
    this.#held = [];
  }

  /** A second request means that the first one is over, and how it ended is known to the page. */
  async hasSent(count: number): Promise<void> {
    await expect.poll(() => this.sent.length, { timeout: 30_000 }).toBeGreaterThanOrEqual(count);
  }

  /** From now on everything arrives, and so does what was held, unless the page has given it up or is gone. */
  async letEverythingArrive(): Promise<void> {
    const held = this.#held ?? [];
    this.#held = null;
    this.#fates.length = 0;
    for (const route of held) await route.continue().catch(() => undefined);
  }

  async #carry(route: Route): Promise<void> {
    const request = route.request();
    this.sent.push({ idempotencyKey: request.headers()['idempotency-key'], input: request.postDataJSON() });
    const fate = this.#fates.shift();
    if (fate) await fate(route);
    else if (this.#held) this.#held.push(route);
    else await route.continue();
  }
}
