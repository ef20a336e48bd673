import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Customer } from './customer.ts';
import { type RunningShop, startShop } from './running-shop.ts';

let shop: RunningShop;
beforeAll(async () => {
  shop = await startShop();
});
afterAll(async () => {
  await shop[Symbol.asyncDispose]();
});

const KEYED = { 'Content-Type': 'application/json', 'Idempotency-Key': '"a-key"' };
const TO_PAY = 'POST /api/trpc/checkout.pay HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\n';
const chunkOf = (bytes: number) => `${bytes.toString(16)}\r\n${'x'.repeat(bytes)}\r\n`;

describe('a request that no browser would send', () => {
  it.each([
    'cart.put,checkout.pay?batch=1',
    'checkout.pay%2Ccart.put?batch=1',
    'checkout%2Epay,cart.put?batch=1',
    'cart.put,checkout.pay/?batch=1',
    'cart.put,checkout.pay//?batch=1',
    'checkout.pay,checkout.pay?batch=1',
  ])('a batch with a payment is refused however its path is written: %s', async (path) => {
    const customer = new Customer(shop);
    const answer = await customer.send(path, { method: 'POST', headers: KEYED, body: '{"0":{},"1":{}}' });
    expect(answer).toMatchObject({ status: 400, error: { reason: 'batch_not_allowed' } });
  });

  it.each(['checkout.pay%', `${Array.from({ length: 11 }, () => 'cart.get').join(',')}?batch=1`])(
    'a path that names nothing is told so with a request id, in JSON: %s',
    async (path) => {
      const answer = await new Customer(shop).send(path, { method: 'POST', headers: KEYED, body: '{}' });
      expect(answer).toMatchObject({ status: 400, error: { reason: 'invalid_input', retryable: false } });
      expect(answer.error.requestId).toBe(answer.headers.get('X-Request-Id'));
      expect(answer.headers.get('Content-Type')).toBe('application/json');
    },
  );

  it('a body that grows beyond 32 KB without saying so is answered, not cut', async () => {
    const chunks = Array(5).fill(chunkOf(8_192));
    const answer = await rawAnswer([`${TO_PAY}Transfer-Encoding: chunked\r\n\r\n`, ...chunks, '0\r\n\r\n']);
    expect(answer).toMatch(/^HTTP\/1.1 413 [\s\S]*"reason":"body_too_large"/);
  });

  it.each([
    ['that says how long it is', 'Content-Length: 900000\r\n\r\n', 'x'.repeat(900_000)],
    ['in chunks', `Transfer-Encoding: chunked\r\n\r\n${chunkOf(40_000)}`, `${chunkOf(860_000)}0\r\n\r\n`],
  ])('a large body %s may come to its end after the answer, and resets no connection', async (_what, head, rest) => {
    expect(await rawAnswer([TO_PAY + head], rest)).toMatch(/^HTTP\/1.1 413 [\s\S]*"reason":"body_too_large"/);
  });

  it.each([
    ['that says how long it is', 'Content-Length: 999999999999\r\n\r\n'],
    ['in chunks', `Transfer-Encoding: chunked\r\n\r\n${chunkOf(40_000)}`],
  ])('a body %s and does not come is answered, and its connection closed', async (_what, head) => {
    expect(await rawAnswer([TO_PAY + head])).toMatch(/^HTTP\/1.1 413 /);
  });

  it('a body without end is answered, and its connection closed', async () => {
    const socket = connect(Number(new URL(shop.url).port), '127.0.0.1');
    const isClosed = new Promise((resolve) => socket.once('close', resolve));
    let answer = '';
    socket.on('data', (data) => {
      answer += data.toString('utf8');
    });
    // It is cut off in the middle of what it sends.
    socket.on('error', () => undefined);
    const send = () => {
      while (!socket.destroyed && socket.write(chunkOf(65_536)));
    };
    socket.on('drain', send).write(`${TO_PAY}Transfer-Encoding: chunked\r\n\r\n`);
    send();
    await isClosed;
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
  });

  it.each([
    ['TRACE /api/trpc/checkout.pay HTTP/1.1\r\nHost: shop\r\n\r\n', '405'],
    ['GET /api/trpc/catalog.list HTTP/1.1\r\nHost: shop:999999\r\n\r\n', '400'],
    ['GET /api/invoices/1 HTTP/1.1\r\nHost: name:word@shop\r\n\r\n', '400'],
  ])('what a Request cannot say is answered all the same: %j', async (request, status) => {
    expect(await rawAnswer([request])).toMatch(`HTTP/1.1 ${status} `);
  });
});

describe('a path that is written in another way', () => {
  it.each(['/api/./trpc/catalog.list', '/x/../api/trpc/catalog.list', 'http://shop/api/trpc/catalog.list'])(
    'is answered by our own server, whose socket it came by: %s',
    async (target) => {
      const answer = await rawAnswer([`GET ${target} HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n`]);
      expect(answer).toMatch(/^HTTP\/1.1 200 [\s\S]*"sku":/);
    },
  );
});

describe('what tRPC refuses before it looks at any procedure', () => {
  it.each([
    ['catalog.list?connectionParams=none', { method: 'GET' }, 400, 'malformed_request'],
    ['catalog.list', { method: 'GET', headers: { 'Content-Type': 'multipart/form-data' } }, 405, 'method_not_allowed'],
    ['cart.put,catalog.list?batch=1', { method: 'POST', headers: KEYED, body: '{}' }, 400, 'invalid_input'],
  ])('says so as JSON, with its path and request id: %s', async (path, init, status, reason) => {
    const answer = await new Customer(shop).send(path, init);
    expect(answer).toMatchObject({ status, error: { httpStatus: status, reason, path: path.split('?')[0] } });
    expect(answer.error.requestId).toBe(answer.headers.get('X-Request-Id'));
    expect(answer.headers.get('Content-Type')).toBe('application/json');
  });
});

describe('a payment whose answer is to be streamed', () => {
  it.each([{ 'trpc-accept': 'application/jsonl' }, { Accept: 'text/html, application/jsonl' }])(
    'is refused, as its status and headers would be sent before it is carried out: %j',
    async (accept) => {
      const headers: Record<string, string> = { ...KEYED, ...accept };
      const answer = await new Customer(shop).send('checkout.pay?batch=1', {
        method: 'POST',
        headers,
        body: '{"0":{}}',
      });
      expect(answer).toMatchObject({ status: 400, error: { reason: 'batch_not_allowed' } });
    },
  );
});

describe('an error', () => {
  it('keeps its own words beside what the provider said', async () => {
    const customer = new Customer(shop);
    const cartId = await customer.fillCart();
    const { error, headers } = await customer.pay(randomUUID(), { cartId, paymentMethod: 'pm_card_chargeDeclined' });
    expect(error).toEqual({
      code: 'PAYMENT_REQUIRED',
      httpStatus: 402,
      path: 'checkout.pay',
      reason: 'card_declined',
      retryable: false,
      requestId: headers.get('X-Request-Id'),
      declineCode: 'generic_decline',
    });
  });
});

/** What the shop says to exactly these bytes, until it closes the connection. The rest is sent once it says anything. */
function rawAnswer(parts: readonly string[], rest?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(shop.url).port), '127.0.0.1');
    let answer = '';
    socket.on('data', (data) => {
      answer += data.toString('utf8');
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
    for (const part of parts) socket.write(part);
    if (rest !== undefined) socket.once('data', () => socket.write(rest));
  });
}
