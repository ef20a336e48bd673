import type { Admission } from '@payonce/trpc-idempotency';
import type { Clock } from '../clock.ts';

const WINDOW_MS = 60_000;

/** Who is counted, not what they sent: past this the oldest are forgotten, and a flood is still held by its address. */
const COUNTED_MAX = 50_000;

export interface NewKeyLimits {
  readonly perCustomer: number;
  readonly perAddress: number;
}

/**
 * How many new keys a customer and an address may begin in a minute. Asked inside the claim, where it is known that
 * the key is new: a retry is never turned away. Counted in this process, so with n processes the limit is n times it.
 */
export class NewKeyLimit {
  readonly #limits: NewKeyLimits;
  readonly #clock: Clock;
  readonly #begun = new Map<string, number[]>();

  constructor(limits: NewKeyLimits, clock: Clock) {
    this.#limits = limits;
    this.#clock = clock;
  }

  admit(who: { readonly principal: string; readonly address: string }): Admission {
    const now = this.#clock();
    const customer = this.#recent(`customer ${who.principal}`, now);
    const address = this.#recent(`address ${who.address}`, now);
    const waitMs = Math.max(
      waitOf(customer, this.#limits.perCustomer, now),
      waitOf(address, this.#limits.perAddress, now),
    );
    if (waitMs > 0) return { admitted: false, retryAfterMs: waitMs };
    customer.push(now);
    address.push(now);
    return { admitted: true };
  }

  #recent(who: string, now: number): number[] {
    const recent = this.#begun.get(who) ?? [];
    // In the order of time: what is over stands in front, and what a clock that was set back has yet to reach, last.
    while ((recent[0] ?? now) <= now - WINDOW_MS) recent.shift();
    while ((recent.at(-1) ?? now) > now) recent.pop();
    // Put back last, so that whoever is at the front of the map is whoever came longest ago.
    this.#begun.delete(who);
    this.#begun.set(who, recent);
    if (this.#begun.size > COUNTED_MAX) {
      const [oldest] = this.#begun.keys();
      if (oldest !== undefined) this.#begun.delete(oldest);
    }
    return recent;
  }
}

/** Until the oldest is over, when there is no room beside them; else 0. */
function waitOf(begun: readonly number[], max: number, now: number): number {
  const [oldest] = begun;
  if (oldest === undefined || begun.length < max) return 0;
  return oldest + WINDOW_MS - now;
}
