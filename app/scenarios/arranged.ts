import type { Buyer } from './buyer.ts';
import type { Say } from './scenario.ts';

/** Faults are asked of the shop's own demonstration procedures: they strike the given cart and nobody else's. */
export async function arrangeSlowBank(buyer: Buyer, cartId: string, say: Say): Promise<void> {
  await buyer.shop.backstage.scenario.slowBank.mutate({ cartId });
  say('World', 'The bank will take its time over this payment.');
}

/** One more failure than the shop asks of the service for one request (four), so that the client has to come back. */
const TAX_CALLS = 5;

export async function arrangeTaxDown(buyer: Buyer, cartId: string, say: Say): Promise<void> {
  await buyer.shop.backstage.scenario.taxDown.mutate({ cartId, calls: TAX_CALLS });
  say('World', `The tax service goes down. The next ${TAX_CALLS} times it is asked, it fails.`);
}

export async function arrangeKill(buyer: Buyer, cartId: string, say: Say): Promise<void> {
  await buyer.shop.backstage.scenario.killAfterCharge.mutate({ cartId });
  say('World', 'The shop will be killed in the moment between the charge and its own note of it.');
}

/** As `npm run demo:reset` has it, and without taking anything from anybody. */
export async function arrangeLastItem(buyer: Buyer, say: Say): Promise<void> {
  await buyer.shop.backstage.scenario.restock.mutate();
  say('World', 'One Last Print is on the shelf.');
}
