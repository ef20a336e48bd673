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
const ifNone = { 'If-None-Match': '*' };
const mismatch = { status: 412, body: { reason: 'version_mismatch', retryable: false } };

describe('a counter', () => {
  const newCounter = () => `/api/counters/${randomUUID()}`;

  it('set twice is set once', async () => {
    const customer = new PlainCustomer(shop);
    const counter = newCounter();
    const [first, second] = [await customer.patch(counter, { value: 5 }), await customer.patch(counter, { value: 5 })];
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.text).toBe(first.text);
    expect((await customer.get(counter)).body).toEqual({ counterId: counter.split('/').at(-1), value: 5 });
  });

  it('raised twice is raised twice: PATCH is as repeatable as its body', async () => {
    const customer = new PlainCustomer(shop);
    const counter = newCounter();
    const values = [
      await customer.patch(counter, { op: 'increment' }),
      await customer.patch(counter, { op: 'increment' }),
    ];
    expect(values.map(({ body }) => body.value)).toEqual([1, 2]);
    await Promise.all(Array.from({ length: 20 }, () => customer.patch(counter, { op: 'increment' })));
    expect((await customer.get(counter)).body.value).toBe(22);
  });

  it('of another customer is another counter', async () => {
    const [ada, bob] = [new PlainCustomer(shop), new PlainCustomer(shop)];
    const counter = newCounter();
    await ada.patch(counter, { value: 5 });
    expect((await bob.get(counter)).status).toBe(404);
    expect((await bob.patch(counter, { op: 'increment' })).body.value).toBe(1);
    expect((await ada.get(counter)).body.value).toBe(5);
  });

  it('is changed only where there is one, or where there is none, when that is asked for', async () => {
    const customer = new PlainCustomer(shop);
    const counter = newCounter();
    expect(await customer.patch(counter, { value: 5 }, { 'If-Match': '*' })).toMatchObject(mismatch);
    expect((await customer.get(counter)).status).toBe(404);
    expect((await customer.patch(counter, { value: 5 }, ifNone)).status).toBe(200);
    for (const headers of [ifNone, { 'If-Match': '"999"' }]) {
      expect(await customer.patch(counter, { value: 6 }, headers)).toMatchObject(mismatch);
      expect(await customer.patch(counter, { op: 'increment' }, headers)).toMatchObject(mismatch);
    }
    expect((await customer.get(counter)).body.value).toBe(5);
    const raised = await customer.patch(counter, { op: 'increment' }, { 'If-Match': '*' });
    expect(raised).toMatchObject({ status: 200, body: { value: 6 } });
  });

  it('made where there was none is no conflict for a repeat that names its value; a step twice would be two', async () => {
    const customer = new PlainCustomer(shop);
    const [named, stepped] = [newCounter(), newCounter()];
    const first = await customer.patch(named, { value: 5 }, ifNone);
    expect(await customer.patch(named, { value: 5 }, ifNone)).toMatchObject({ status: 200, text: first.text });
    expect(await customer.patch(named, { value: 5 }, { 'If-Match': '"1"' })).toMatchObject(mismatch);
    expect((await customer.patch(stepped, { op: 'increment' }, ifNone)).body.value).toBe(1);
    expect(await customer.patch(stepped, { op: 'increment' }, ifNone)).toMatchObject(mismatch);
    expect((await customer.get(stepped)).body.value).toBe(1);
  });

  it('stops at its highest value, and a customer at a hundred of them', async () => {
    const customer = new PlainCustomer(shop);
    const counter = newCounter();
    await customer.patch(counter, { value: 1_000_000_000 });
    const full = { status: 409, body: { reason: 'limit_reached', retryable: false } };
    expect(await customer.patch(counter, { op: 'increment' })).toMatchObject(full);
    await Promise.all(Array.from({ length: 99 }, () => customer.patch(newCounter(), { value: 1 })));
    expect(await customer.patch(newCounter(), { value: 1 })).toMatchObject(full);
    expect((await customer.patch(counter, { value: 1 })).status).toBe(200);
  });

  it.each([
    ['/api/counters/c', {}],
    ['/api/counters/c', { op: 'decrement' }],
    ['/api/counters/c', { op: 'increment', value: 1 }],
    ['/api/counters/c', { value: -1 }],
    ['/api/counters/c', { value: 1.5 }],
    [`/api/counters/${'c'.repeat(65)}`, { value: 1 }],
    ['/api/counters/%2E%2E%2F', { value: 1 }],
  ])('%s with %j is told what is wrong', async (path, change) => {
    const answer = await new PlainCustomer(shop).patch(path, change);
    expect(answer).toMatchObject({ status: 400, body: { reason: 'invalid_input', issues: expect.any(Array) } });
  });
});

describe('an invoice under a number of the client', () => {
  const newInvoice = () => `/api/invoices/${randomUUID()}`;
  const invoice = { customer: 'Ada Lovelace', amountMinor: 12_000, currency: 'eur' };

  it('put twice is one invoice: created, then replaced by itself', async () => {
    const customer = new PlainCustomer(shop);
    const path = newInvoice();
    const [first, second] = [await customer.put(path, invoice), await customer.put(path, invoice)];
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.text).toBe(first.text);
    expect(first.body).toEqual({ number: path.split('/').at(-1), status: 'recorded', ...invoice });
    expect((await customer.get(path)).text).toBe(first.text);
    expect(shop.rows('select 1 from invoices where number = ?', first.body.number)).toHaveLength(1);
  });

  it('put by many at once is what one of them put', async () => {
    const customer = new PlainCustomer(shop);
    const path = newInvoice();
    await customer.put(newInvoice(), invoice);
    const puts = Array.from({ length: 10 }, (_, at) => customer.put(path, { ...invoice, amountMinor: at + 1 }));
    const answers = await Promise.all(puts);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.map(({ text }) => text)).toContain((await customer.get(path)).text);
  });

  it('is created only where there is none, or replaced only where there is one, when that is asked for', async () => {
    const customer = new PlainCustomer(shop);
    const path = newInvoice();
    expect(await customer.put(path, invoice, { 'If-Match': '*' })).toMatchObject(mismatch);
    expect((await customer.get(path)).status).toBe(404);
    const first = await customer.put(path, invoice, ifNone);
    expect(first.status).toBe(201);
    const other = { ...invoice, amountMinor: 1 };
    for (const headers of [ifNone, { 'If-Match': '"999"' }, { 'If-Match': '"1", W/"2"' }]) {
      expect(await customer.put(path, other, headers)).toMatchObject(mismatch);
    }
    expect((await customer.get(path)).text).toBe(first.text);
    expect((await customer.put(path, other, { 'If-Match': '*', 'If-None-Match': '"1"' })).status).toBe(200);
    expect((await customer.get(path)).body).toMatchObject(other);
  });

  it('created where there was none is no conflict for a repeat, and many at once create one', async () => {
    const customer = new PlainCustomer(shop);
    const path = newInvoice();
    const first = await customer.put(path, invoice, ifNone);
    expect(await customer.put(path, invoice, ifNone)).toMatchObject({ status: 200, text: first.text });
    expect(await customer.put(path, invoice, { 'If-Match': '"1"' })).toMatchObject(mismatch);
    const contested = newInvoice();
    const puts = Array.from({ length: 10 }, (_, at) =>
      customer.put(contested, { ...invoice, amountMinor: at + 1 }, ifNone),
    );
    const statuses = (await Promise.all(puts)).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([201, ...Array(9).fill(412)]);
  });

  it('of another customer is another invoice', async () => {
    const [ada, bob] = [new PlainCustomer(shop), new PlainCustomer(shop)];
    const path = newInvoice();
    await ada.put(path, invoice);
    expect((await bob.get(path)).status).toBe(404);
    expect((await bob.put(path, { ...invoice, amountMinor: 1 })).status).toBe(201);
    expect((await ada.get(path)).body).toMatchObject(invoice);
  });

  it.each([
    ['no customer', '/api/invoices/a', { ...invoice, customer: ' ' }],
    ['no money', '/api/invoices/a', { ...invoice, amountMinor: 0 }],
    ['another currency', '/api/invoices/a', { ...invoice, currency: 'usd' }],
    ['a number that only POST gives', '/api/invoices/INV-000001', invoice],
    ['a number too long', `/api/invoices/${'a'.repeat(41)}`, invoice],
  ])('with %s is told what is wrong', async (_what, path, body) => {
    const answer = await new PlainCustomer(shop).put(path, body);
    expect(answer).toMatchObject({ status: 400, body: { reason: 'invalid_input', issues: expect.any(Array) } });
  });
});

describe('a bad request is a problem that says what to do, and changes nothing', () => {
  const json = { 'Content-Type': 'application/json' };

  it.each<[string, number, string, RequestInit & { path?: string }]>([
    ['malformed JSON', 400, 'malformed_request', { headers: json, body: '{"lines": ' }],
    ['no body', 400, 'malformed_request', { headers: json }],
    ['a field too many', 400, 'invalid_input', { headers: json, body: JSON.stringify({ ...notes, more: 1 }) }],
    ['an id that is none', 400, 'invalid_input', { path: '/api/carts/1', headers: json, body: JSON.stringify(notes) }],
    [
      'a thing that is not on the shelf',
      404,
      'not_found',
      { headers: json, body: '{"lines":[{"sku":"x","quantity":1}]}' },
    ],
    ['a form', 415, 'unsupported_media_type', { headers: { 'Content-Type': 'text/plain' }, body: '{}' }],
    ['another site', 403, 'cross_site', { headers: { ...json, 'Sec-Fetch-Site': 'cross-site' }, body: '{}' }],
    ['a delete of another site', 403, 'cross_site', { method: 'DELETE', headers: { Origin: 'https://else.example' } }],
    ['33 KB', 413, 'body_too_large', { headers: json, body: JSON.stringify('x'.repeat(33 * 1024)) }],
    ['a method that is not answered', 405, 'method_not_allowed', { method: 'POST', headers: json, body: '{}' }],
  ])('%s: %i %s', async (_what, status, reason, { path, method, ...init }) => {
    const customer = new PlainCustomer(shop);
    await customer.put(newCart(), notes);
    const carts = shop.rows('select * from carts');
    const answer = await customer.send(method ?? 'PUT', path ?? newCart(), init);

    expect(answer.status).toBe(status);
    expect(answer.headers.get('Content-Type')).toBe('application/problem+json');
    expect(answer.headers.get('Cache-Control')).toBe('no-store');
    expect(answer.body).toMatchObject({
      type: `urn:problem-type:payonce:${reason}`,
      title: expect.any(String),
      detail: expect.any(String),
      status,
      reason,
      retryable: false,
      requestId: answer.headers.get('X-Request-Id'),
    });
    if (status === 405) expect(answer.headers.get('Allow')).toBe('HEAD, GET, PUT, DELETE');
    expect(shop.rows('select * from carts')).toEqual(carts);
  });
});
