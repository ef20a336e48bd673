import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { PlainCustomer } from './plain-customer.ts';
import { type RunningShop, startShop } from './running-shop.ts';

let shop: RunningShop;
beforeAll(async () => {
  // Whoever sends the key again carries the work on, and nobody else: that is what is shown here.
  shop = await startShop({ WORKERS: 'off' });
});
afterEach(async () => {
  await shop.clearFaults();
});
afterAll(async () => {
  await shop[Symbol.asyncDispose]();
});

const withKey = (key: string) => ({ 'Idempotency-Key': `"${key}"` });

/** Somebody who has been here: a key belongs to a session, so the session comes first. */
async function known(): Promise<PlainCustomer> {
  const customer = new PlainCustomer(shop);
  await customer.patch('/api/counters/visits', { op: 'increment' });
  return customer;
}

describe('POST /api/invoices', () => {
  const content = { customer: 'Ada Lovelace', amountMinor: 12_000, currency: 'eur' };
  const post = (customer: PlainCustomer, key: string, body: unknown = content) =>
    customer.post('/api/invoices', body, withKey(key));

  it('sent twice makes one invoice and answers the same, byte for byte', async () => {
    const customer = await known();
    const key = randomUUID();
    const [first, second] = [await post(customer, key), await post(customer, key)];

    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.text).toBe(first.text);
    expect([first, second].map(({ headers }) => headers.get('Idempotent-Replayed'))).toEqual([null, 'true']);
    expect(first.body).toEqual({
      number: 'INV-000001',
      status: 'issued',
      ...content,
      taxMinor: 2_400,
      totalMinor: 14_400,
    });
    const location = second.headers.get('Location') ?? '';
    expect(location).toBe('/api/invoices/INV-000001');
    expect((await customer.get(location)).text).toBe(first.text);
    expect((await customer.get('/api/invoices/INV-000002')).status).toBe(404);
  });

  it('refuses a name with half of a character as input, and not as a bug of ours', async () => {
    const answer = await post(await known(), randomUUID(), { ...content, customer: 'A\ud800' });
    expect(answer).toMatchObject({ status: 400, body: { reason: 'invalid_input', retryable: false } });
  });

  it('sent by many at once makes one invoice for each key, in sequence', async () => {
    const customer = await known();
    const keys = Array.from({ length: 5 }, () => randomUUID());
    const send = () => Promise.all([...keys, ...keys].map((key) => post(customer, key)));
    const first = await send();
    expect(first.filter(({ status }) => status === 201).length).toBeGreaterThanOrEqual(5);

    const answers = await send();
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    const numbers = new Set(answers.map(({ body }) => body.number));
    expect([...numbers].toSorted()).toEqual([1, 2, 3, 4, 5].map((sequence) => `INV-00000${sequence}`));
  });

  it('with the tax service down is told to come back, and the same key goes on with the same number', async () => {
    const customer = await known();
    const key = randomUUID();
    await shop.fault({ operation: 'tax.quote', fault: 'error', status: 503, times: 0 });
    const down = await post(customer, key);
    expect(down).toMatchObject({ status: 503, body: { reason: 'tax_unavailable', retryable: true } });
    expect(Number(down.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect((await customer.get('/api/invoices/INV-000001')).body).toMatchObject({ status: 'draft', ...content });

    await shop.clearFaults();
    const up = await post(customer, key);
    expect(up).toMatchObject({ status: 201, body: { number: 'INV-000001', status: 'issued', taxMinor: 2_400 } });
    expect((await post(customer, key)).text).toBe(up.text);
    expect((await post(customer, randomUUID())).body.number).toBe('INV-000002');
  });

  it('of a client that never comes back is issued all the same', async () => {
    await using running = await startShop();
    const customer = new PlainCustomer(running);
    await running.fault({ operation: 'tax.quote', fault: 'error', status: 503, times: 0 });
    expect((await post(customer, randomUUID())).status).toBe(503);
    await running.clearFaults();
    const invoice = () => customer.get('/api/invoices/INV-000001');
    await expect.poll(invoice, { timeout: 20_000 }).toMatchObject({ body: { status: 'issued', taxMinor: 2_400 } });
  }, 30_000);

  it('with a new session that met a failure gives the session all the same, so that its key can be sent again', async () => {
    const customer = new PlainCustomer(shop);
    const key = randomUUID();
    await shop.fault({ operation: 'tax.quote', fault: 'error', status: 503, times: 0 });
    expect((await post(customer, key)).status).toBe(503);
    await shop.clearFaults();
    expect(await post(customer, key)).toMatchObject({ status: 201, body: { number: 'INV-000001' } });
  });

  it('of two customers with one key is two invoices', async () => {
    const [ada, bob] = [await known(), await known()];
    const key = randomUUID();
    const adas = await post(ada, key);
    const bobs = await post(bob, key, { ...content, amountMinor: 1_000 });
    expect([adas.body.amountMinor, bobs.body.amountMinor]).toEqual([12_000, 1_000]);
    expect(bobs.headers.has('Idempotent-Replayed')).toBe(false);
    expect((await ada.get('/api/invoices/INV-000001')).text).toBe(adas.text);
  });

  it.each<[string, number, string, Record<string, string>, unknown]>([
    ['no key', 400, 'idempotency_key_required', {}, content],
    ['two keys', 400, 'idempotency_key_invalid', { 'Idempotency-Key': 'one, two' }, content],
    ['no customer', 400, 'invalid_input', withKey('a-key'), { ...content, customer: '' }],
  ])('with %s is a problem: %i %s', async (_what, status, reason, headers, body) => {
    const customer = await known();
    const answer = await customer.post('/api/invoices', body, headers);
    expect(answer).toMatchObject({ status, body: { status, reason, type: `urn:problem-type:payonce:${reason}` } });
    expect(answer.headers.get('Content-Type')).toBe('application/problem+json');
    expect((await customer.get('/api/invoices/INV-000001')).status).toBe(404);
  });

  it('refuses a key with other content, and leaves the invoice as it is', async () => {
    const customer = await known();
    const first = await post(customer, 'a-key');
    const reused = await post(customer, 'a-key', { ...content, amountMinor: 1 });
    expect(reused).toMatchObject({ status: 409, body: { reason: 'idempotency_key_reused', retryable: false } });
    expect((await customer.get('/api/invoices/INV-000001')).text).toBe(first.text);
  });
});

describe('POST /api/payments', () => {
  async function buyer(paymentMethod = 'pm_card_visa') {
    const customer = new PlainCustomer(shop);
    const cartId = randomUUID();
    await customer.put(`/api/carts/${cartId}`, { lines: [{ sku: 'field-notes', quantity: 1 }] });
    const input = { cartId, paymentMethod, expectedTotalMinor: 2_490, email: 'guest@example.com' };
    const key = withKey(randomUUID());
    return {
      customer,
      pay: () => customer.post('/api/payments', input, key),
      payByTrpc: () => customer.post('/api/trpc/checkout.pay', input, key),
      charges: async () => (await shop.charges()).filter(({ metadata }) => metadata.cart_id === cartId),
    };
  }

  it('charges once however often it is sent, and tRPC replays the same answer under the same key', async () => {
    const { customer, pay, payByTrpc, charges } = await buyer();
    const [first, second, byTrpc] = [await pay(), await pay(), await payByTrpc()];
    expect([first.status, second.status, byTrpc.status]).toEqual([201, 201, 200]);
    expect(first.body).toMatchObject({ status: 'paid', totalMinor: 2_490, currency: 'eur' });
    expect(second.text).toBe(first.text);
    expect([second, byTrpc].map(({ headers }) => headers.get('Idempotent-Replayed'))).toEqual(['true', 'true']);
    expect(byTrpc.body).toEqual({ result: { data: first.body } });
    expect(await charges()).toHaveLength(1);

    const bill = await customer.get('/api/trpc/backstage.ledger');
    expect(bill.body).toMatchObject({ result: { data: { requests: 3, executions: 1, replays: 2, charges: 1 } } });
  });

  it('replays a refusal with the request that made it', async () => {
    const { pay, charges } = await buyer('pm_card_chargeDeclined');
    const [first, second] = [await pay(), await pay()];
    expect(first).toMatchObject({ status: 402, body: { reason: 'card_declined', declineCode: 'generic_decline' } });
    expect(first.headers.get('Content-Type')).toBe('application/problem+json');
    expect(second.text).toBe(first.text);
    expect(second.headers.get('Idempotent-Replayed')).toBe('true');
    expect(second.headers.get('X-Request-Id')).not.toBe(first.body.requestId);
    expect(await charges()).toEqual([]);
  });

  it('is answered to POST alone', async () => {
    const answer = await (await known()).get('/api/payments');
    expect(answer).toMatchObject({ status: 405, body: { reason: 'method_not_allowed' } });
    expect(answer.headers.get('Allow')).toBe('POST');
  });
});
