import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { freshSandbox } from '../testing/fresh-sandbox.ts';

let world: Awaited<ReturnType<typeof freshSandbox>>;
beforeAll(async () => {
  world = await freshSandbox();
});
afterEach(() => world.call('POST', '/reset'));
afterAll(() => world.end());

const quote = {
  lines: [{ sku: 'field-notes', quantity: 1, unitAmountMinor: 2075 }],
  subtotalMinor: 2075,
  currency: 'eur',
};
const askTax = () => world.call('POST', '/tax/quote', quote);

test('tax is 20 % of the subtotal, rounded half up', async () => {
  expect((await askTax()).body).toEqual({ taxMinor: 415, rate: 0.2 });
  const halves = await world.call('POST', '/tax/quote', { ...quote, lines: [], subtotalMinor: 1003 });
  expect(halves.body.taxMinor).toBe(201);
  expect((await world.call('POST', '/tax/quote', { ...quote, subtotalMinor: '2075' })).status).toBe(400);
});

test('a tax service that changes its mind changes it for the cart that was named, and then back', async () => {
  const match = { cartId: 'cart-1' };
  await world.fault({ operation: 'tax.quote', fault: 'tax_rate', rate: 0.25, match });
  const forCart = (cartId: string) => world.call('POST', '/tax/quote', { ...quote, cartId });
  expect((await forCart('cart-2')).body).toEqual({ taxMinor: 415, rate: 0.2 });
  expect((await forCart('cart-1')).body).toEqual({ taxMinor: 519, rate: 0.25 });
  expect((await forCart('cart-1')).body).toEqual({ taxMinor: 415, rate: 0.2 });
});
