import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { Customer } from './customer.ts';
import { type Machine, switchOn } from './machine.ts';
import { clockAhead, reconcilerOf } from './reconciling.ts';

const MINUTE_MS = 60_000;

/** Holds the call, and each that repeats it, for longer than any test takes. */
const HELD = { delayMs: 10 * MINUTE_MS, times: 0 };

/** A loaded machine is slow and not wrong. */
const PATIENCE = { timeout: 10_000 };

/** What the shop's database holds of the payment. */
interface Known {
  readonly keys: number;
  readonly payments: number;
}
const NOTHING: Known = { keys: 0, payments: 0 };
const CLAIMED: Known = { keys: 1, payments: 0 };
const RESERVED: Known = { keys: 1, payments: 1 };

/** A place in a payment, where a fault of the outside world holds it until the power goes. */
interface Moment {
  readonly when: string;
  readonly fault: { readonly operation: string; readonly fault: 'delay' | 'delay_answer' };
  /** What the provider has done by then. */
  readonly intents: readonly string[];
  readonly written: Known;
  readonly kept: Known;
}

const taxAsked: Moment = {
  when: 'the tax is asked for',
  fault: { operation: 'tax.quote', fault: 'delay' },
  intents: [],
  written: CLAIMED,
  kept: NOTHING,
};
const intentAsked: Moment = {
  when: 'the intent is asked for',
  fault: { operation: 'payment_intents.create', fault: 'delay' },
  intents: [],
  written: CLAIMED,
  kept: NOTHING,
};
const intentMade: Moment = {
  when: 'the intent is made and the shop does not know it',
  fault: { operation: 'payment_intents.create', fault: 'delay_answer' },
  intents: ['requires_confirmation'],
  written: CLAIMED,
  kept: NOTHING,
};
const chargeAsked: Moment = {
  when: 'the charge is asked for',
  fault: { operation: 'payment_intents.confirm', fault: 'delay' },
  intents: ['requires_confirmation'],
  written: RESERVED,
  kept: RESERVED,
};
const chargeMade: Moment = {
  when: 'the card is charged and the shop does not know it',
  fault: { operation: 'payment_intents.confirm', fault: 'delay_answer' },
  intents: ['succeeded'],
  written: RESERVED,
  kept: RESERVED,
};
const named = (...moments: readonly Moment[]) => moments.map((moment) => [moment.when, moment] as const);

const folder = mkdtempSync(join(tmpdir(), 'payonce-outside-'));
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, smtpPort: 0, file: join(folder, 'sandbox.db') });
});
afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true });
});

let clock: ReturnType<typeof clockAhead>;
/** The one that has power: a second one comes with the disk of the first. */
let machine: Machine;
let customer: Customer;
let cartId: string;
let key: string;
let stock: number;
beforeEach(async () => {
  clock = clockAhead();
  machine = await switchOn({ sandbox, clock });
  customer = new Customer(machine.shop);
  cartId = await customer.fillCart();
  key = randomUUID();
  stock = machine.shop.stockOf('field-notes');
});
afterEach(async () => {
  await machine.shop.clearFaults();
  await machine[Symbol.asyncDispose]();
});

const pay = () => customer.pay(key, { cartId });
const charges = async () => (await machine.shop.charges()).filter(({ metadata }) => metadata.cart_id === cartId);
const orders = () => machine.shop.rows<{ charge_id: string }>('select charge_id from orders where cart_id = ?', cartId);
const known = () => {
  const counts = `select (select count(*) from idempotency_keys where key = ?) as keys,
                         (select count(*) from payments where cart_id = ?) as payments`;
  return machine.shop.rows(counts, key, cartId)[0];
};

const intents = () => machine.shop.intents(cartId);

async function powerReturns({ afterMs }: { readonly afterMs: number }): Promise<void> {
  const disk = await machine.cutPower();
  await machine.shop.clearFaults();
  clock.advance(afterMs);
  machine = await switchOn({ sandbox, clock }, disk);
  customer.visit(machine.shop);
}

/** Begins to pay, and leaves the customer without an answer. */
async function powerCutWhile({ fault, ...moment }: Moment, { afterMs }: { readonly afterMs: number }): Promise<void> {
  await machine.shop.fault({ ...fault, ...HELD });
  const paying = expect(pay()).rejects.toThrow('fetch failed');
  await expect.poll(() => machine.shop.faultHits(), PATIENCE).toBeGreaterThan(0);
  await expect.poll(intents, PATIENCE).toEqual(moment.intents);
  expect(known()).toEqual(moment.written);
  await powerReturns({ afterMs });
  await paying;
  // Or less was lost than can be, and the test shows less. Soft, so that what it costs the customer is told too.
  expect.soft(known()).toEqual(moment.kept);
}

/** Compares the provider's books with those that survived, however young what they hold is, and settles what differs. */
async function reconcile(): Promise<void> {
  await using reconciler = await reconcilerOf(machine.shop, { clock });
  await reconciler.cycle();
  await reconciler.cycle();
}

async function expectOneCharge(): Promise<void> {
  await reconcile();
  const [charge, ...others] = await charges();
  expect(charge).toMatchObject({ amount: 2_490, amount_refunded: 0 });
  expect(others.map(({ id }) => id)).toEqual([]);
  expect(orders()).toEqual([{ charge_id: charge?.id }]);
  expect(machine.shop.stockOf('field-notes')).toBe(stock - 1);
  expect(await chargeable()).toEqual(['succeeded']);
}

async function expectNoCharge(): Promise<void> {
  await reconcile();
  expect(await charges()).toEqual([]);
  expect(orders()).toEqual([]);
  expect(machine.shop.stockOf('field-notes')).toBe(stock);
  expect(await chargeable()).toEqual([]);
}

/** Intents that were charged, or still could be. */
const chargeable = async () => (await intents()).filter((status) => status !== 'canceled');

describe('a power cut, as much as it can take back,', () => {
  it.each(named(taxAsked, intentAsked, intentMade, chargeAsked, chargeMade))(
    'while %s: the customer who comes back with the same key is charged once',
    async (_when, moment) => {
      await powerCutWhile(moment, { afterMs: MINUTE_MS });
      expect(await pay()).toMatchObject({ status: 200, data: { status: 'paid' } });
      await expectOneCharge();
    },
  );

  it.each(named(taxAsked, intentAsked, intentMade))(
    'while %s: the customer who does not come back is not charged, and the stock is whole',
    async (_when, moment) => {
      await powerCutWhile(moment, { afterMs: MINUTE_MS });
      await expectNoCharge();
    },
  );

  it('after the customer was told that it is paid: the same key is told the same, byte for byte', async () => {
    const paid = await pay();
    expect(paid).toMatchObject({ status: 200, data: { status: 'paid' } });
    await powerReturns({ afterMs: MINUTE_MS });

    const again = await pay();
    expect(again.text).toBe(paid.text);
    expect(again.headers.get('Idempotent-Replayed')).toBe('true');
    await expectOneCharge();
  });

  it('after a key was rejected: nobody carries on what its customer was told is over', async () => {
    const second = randomUUID();
    await machine.shop.fault({ ...taxAsked.fault, delayMs: 1_000 });
    const rejected = customer.pay(second, { cartId });
    await expect.poll(() => machine.shop.faultHits(), PATIENCE).toBe(1);

    // The first takes the cart while the second asks for the tax, and what it reserves is on the disk with all before it.
    await machine.shop.fault({ ...chargeAsked.fault, ...HELD });
    const paying = expect(pay()).rejects.toThrow('fetch failed');
    await expect.poll(() => machine.shop.faultHits(), PATIENCE).toBe(2);
    expect(machine.shop.rows('select key from idempotency_keys where key = ?', second)).toHaveLength(1);
    expect(await rejected).toMatchObject({ status: 409, error: { reason: 'payment_in_progress', retryable: false } });

    await powerReturns({ afterMs: MINUTE_MS });
    await paying;
    expect(known()).toEqual(RESERVED);
    expect(machine.shop.rows('select key from idempotency_keys where key = ?', second)).toEqual([]);
  });
});

describe('a machine that lies still for more than 15 minutes after its power cut', () => {
  it(`tells that the payment is made when it went while ${chargeMade.when}`, async () => {
    await powerCutWhile(chargeMade, { afterMs: 16 * MINUTE_MS });
    expect(await pay()).toMatchObject({ status: 200, data: { status: 'paid' } });
    await expectOneCharge();
  });

  it(`tells that the payment has expired when it went while ${chargeAsked.when}, and gives all back`, async () => {
    await powerCutWhile(chargeAsked, { afterMs: 16 * MINUTE_MS });
    expect(await pay()).toMatchObject({ status: 409, error: { reason: 'payment_expired', retryable: false } });
    await expectNoCharge();
  });
});
