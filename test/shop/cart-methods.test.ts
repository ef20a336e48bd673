import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PlainCustomer } from './plain-customer.ts';
import { type RunningShop, startShop } from './running-shop.ts';

let shop: RunningShop;
beforeAll(async () => {
  shop = await startShop();
});
afterAll(async () => {
  await shop[Symbol.asyncDispose]();
});

const newCart = () => `/api/carts/${randomUUID()}`;
const notes = { lines: [{ sku: 'field-notes', quantity: 2 }] };
const mugs = { lines: [{ sku: 'enamel-mug', quantity: 1 }] };

describe('a cart at an id of the client', () => {
  it('put twice is one cart in one state: created, then as it was', async () => {
    const customer = new PlainCustomer(shop);
    const cart = newCart();
    const first = await customer.put(cart, notes);
    const second = await customer.put(cart, notes);

    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.text).toBe(first.text);
    expect(first.body).toEqual({ cartId: cart.split('/').at(-1), version: 1, ...notes });
    expect([first, second].map(({ headers }) => headers.get('ETag'))).toEqual(['"1"', '"1"']);
  });

  it('put by twenty at once is created once', async () => {
    const customer = new PlainCustomer(shop);
    const cart = newCart();
    await customer.put(newCart(), notes);
    const answers = await Promise.all(Array.from({ length: 20 }, () => customer.put(cart, notes)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([...Array(19).fill(200), 201]);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  });

  it('deleted is gone, and deleting what is gone is no error', async () => {
    const customer = new PlainCustomer(shop);
    const cart = newCart();
    await customer.put(cart, notes);
    for (let time = 0; time < 3; time += 1) {
      const answer = await customer.delete(cart);
      expect(answer).toMatchObject({ status: 204, text: '' });
    }
    expect((await customer.get(cart)).status).toBe(404);
  });

  it('removed and put again goes on counting, so that a version names one content for good', async () => {
    const customer = new PlainCustomer(shop);
    const cart = newCart();
    await customer.put(cart, notes);
    await customer.delete(cart);
    const again = await customer.put(cart, mugs, { 'If-None-Match': '*' });
    expect(again).toMatchObject({ status: 201, body: { version: 2, ...mugs } });
    const late = await customer.put(cart, notes, { 'If-Match': '"1"' });
    expect(late).toMatchObject({ status: 412, body: { reason: 'version_mismatch', version: 2 } });
    await customer.delete(cart);
    expect((await customer.put(cart, notes)).body.version).toBe(3);
  });

  it('asked for twice, with or without its body, stays what it is', async () => {
    const customer = new PlainCustomer(shop);
    const cart = newCart();
    await customer.put(cart, notes);
    const [first, second] = [await customer.get(cart), await customer.get(cart)];
    const head = await customer.send('HEAD', cart, {});
    expect(second.text).toBe(first.text);
    expect(head).toMatchObject({ status: 200, text: '' });
    expect(head.headers.get('ETag')).toBe(first.headers.get('ETag'));
    expect((await customer.get(cart, { 'If-None-Match': 'W/"1"' })).status).toBe(304);
  });

  it('is replaced only in the version that was named, and a repeat of that is no conflict', async () => {
    const customer = new PlainCustomer(shop);
    const cart = newCart();
    await customer.put(cart, notes);
    const changed = await customer.put(cart, mugs, { 'If-Match': '"1"' });
    const repeated = await customer.put(cart, mugs, { 'If-Match': '"1"' });
    expect(changed).toMatchObject({ status: 200, body: { version: 2 } });
    expect(repeated).toMatchObject({ status: 200, text: changed.text });

    const late = await customer.put(cart, notes, { 'If-Match': '"1"' });
    expect(late).toMatchObject({ status: 412, body: { reason: 'version_mismatch', version: 2, retryable: false } });
    expect((await customer.delete(cart, { 'If-Match': '"1"' })).status).toBe(412);
    expect((await customer.get(cart)).text).toBe(changed.text);
  });

  it('is created only where there is none, when that is asked for', async () => {
    const customer = new PlainCustomer(shop);
    const cart = newCart();
    const ifNone = { 'If-None-Match': '*' };
    expect((await customer.put(cart, notes, { 'If-Match': '*' })).status).toBe(412);
    expect((await customer.put(cart, notes, ifNone)).status).toBe(201);
    expect((await customer.put(cart, notes, ifNone)).status).toBe(200);
    expect((await customer.put(cart, mugs, ifNone)).status).toBe(412);
  });

  it('of another customer can be neither seen nor disturbed', async () => {
    const [ada, bob] = [new PlainCustomer(shop), new PlainCustomer(shop)];
    const cart = newCart();
    await ada.put(cart, notes);
    expect((await bob.get(cart)).status).toBe(404);
    expect((await bob.put(cart, mugs)).status).toBe(201);
    expect((await bob.delete(cart)).status).toBe(204);
    expect((await ada.get(cart)).body).toMatchObject(notes);
  });
});
