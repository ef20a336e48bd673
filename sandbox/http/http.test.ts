import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshSandbox } from '../testing/fresh-sandbox.ts';

let world: Awaited<ReturnType<typeof freshSandbox>>;
beforeAll(async () => {
  world = await freshSandbox();
});
afterAll(() => world.end());

test('an oversized body, a broken one and an unknown address are refused', async () => {
  const post = (body: string) => fetch(`${world.sandbox.url}/tax/quote`, { method: 'POST', body });
  expect((await post('x'.repeat(64 * 1024 + 1))).status).toBe(413);
  expect((await post('{"lines":')).status).toBe(400);
  expect((await world.call('GET', '/nowhere')).status).toBe(404);
});

test('a form is not taken for JSON, nor JSON for a form', async () => {
  const answer = await fetch(`${world.sandbox.url}/v1/payment_intents`, {
    method: 'POST',
    headers: { Authorization: 'Bearer sk_test_sandbox', 'Content-Type': 'application/json' },
    body: '{"amount":2490}',
  });
  expect(answer.status).toBe(400);
});

test.each([
  ['a page of another site', { 'Sec-Fetch-Site': 'cross-site' }],
  ['a page of another port', { 'Sec-Fetch-Site': 'same-site' }],
  ['a form of an older browser', { Origin: 'http://shop.example' }],
  ['a page that gave this machine a name of its own', { Host: 'rebound.example' }],
])('%s cannot reset the world', async (_who, headers) => {
  expect(await statusOf(headers)).toBe(403);
});

test('a person who types the address is let in', async () => {
  expect(await statusOf({ 'Sec-Fetch-Site': 'none' })).toBe(200);
});

/** By hand, because fetch lets nobody set these headers. */
function statusOf(headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const reset = request(`${world.sandbox.url}/reset`, { method: 'POST', headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    reset.on('error', reject).end();
  });
}
