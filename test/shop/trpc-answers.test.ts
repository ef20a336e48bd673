import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createContext } from '#server/context.ts';
import { AnswerHeaders } from '#server/http/http-answer.ts';
import { readSession } from '#server/session.ts';
import type { Shop } from '#server/shop.ts';
import { type Answer, Customer } from './customer.ts';
import { type RunningShop, startShop } from './running-shop.ts';

let running: RunningShop;
let shop: Shop;
let customer: Customer;
let cartId: string;
beforeAll(async () => {
  running = await startShop({}, { onOpened: (opened) => (shop = opened) });
  customer = new Customer(running);
  cartId = await customer.fillCart();
});
afterAll(() => running[Symbol.asyncDispose]());

/** What tRPC's own adapter answers to the same request, of the same customer and under the same request id. */
async function byTheAdapter(path: string, init: RequestInit, answer: Answer) {
  const response = await fetchRequestHandler({
    endpoint: '/api/trpc',
    req: new Request(`${running.url}/api/trpc/${path}`, init),
    router: shop.router,
    createContext: () =>
      createContext({
        session: readSession(customer.cookie ?? null, shop.sessionKeys),
        label: { requestId: answer.headers.get('X-Request-Id') ?? '', keyHash: null, attempt: null },
        idempotencyKeyHeader: null,
        isLocal: true,
        responseHeaders: new AnswerHeaders(),
      }),
  });
  return response.text();
}

const input = (value: unknown) => `input=${encodeURIComponent(JSON.stringify(value))}`;
const get = (): RequestInit => ({});
const post = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});

describe('the body of an answer is the one that tRPC makes, to the letter', () => {
  it.each<[string, () => string, () => RequestInit]>([
    ['of a query', () => `cart.get?${input({ cartId })}`, get],
    ['of a query without input', () => 'catalog.list', get],
    ['of a mutation', () => 'cart.put', () => post({ cartId, lines: [] })],
    ['of an error', () => `cart.get?${input({ cartId: crypto.randomUUID() })}`, get],
    ['of input of the wrong form', () => `cart.get?${input({ cartId: 7 })}`, get],
    ['of a procedure that is not there', () => 'no.such', get],
    ['of a batch', () => `catalog.list,cart.get?batch=1&${input({ 1: { cartId } })}`, get],
    ['of a batch of one', () => `cart.get?batch=1&${input({ 0: { cartId } })}`, get],
    ['of a batch with an error in it', () => `catalog.list,no.such?batch=1&${input({})}`, get],
  ])('%s', async (_what, pathOf, initOf) => {
    const path = pathOf();
    const init = initOf();
    const answer = await customer.send(path, init);
    expect(await byTheAdapter(path, init, answer)).toBe(answer.text);
  });
});
