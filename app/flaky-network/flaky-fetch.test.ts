import { expect, test } from 'vitest';
import { createFlakyFetch } from './flaky-fetch.ts';
import type { Mishap } from './trouble.ts';

const PAY = 'http://shop.test/api/trpc/checkout.pay';
const UNPROTECTED = 'http://shop.test/api/trpc/checkout.payUnprotected';

/** A server that counts what reached it, behind a network that follows the script. */
function networkOf(script: readonly Mishap[]) {
  const received: string[] = [];
  const cuts: (string | null)[] = [];
  const slept: number[] = [];
  const offline: number[] = [];
  const state = { script };
  const flaky = createFlakyFetch({
    fetch: async (target, init) => {
      received.push(String(target));
      cuts.push(new Headers(init?.headers).get('payonce-demo-cut'));
      return new Response(`answer ${received.length}`);
    },
    script: () => state.script,
    sleep: async (milliseconds) => void slept.push(milliseconds),
    goOffline: (milliseconds) => void offline.push(milliseconds),
  });
  const pay = (key: string) => flaky(PAY, { method: 'POST', headers: { 'Idempotency-Key': key }, body: '{}' });
  return { flaky, pay, received, cuts, slept, offline, state };
}

test('a lost request never reaches the server, and fails as a broken connection does', async () => {
  const network = networkOf([{ kind: 'lose_request' }]);
  await expect(network.pay('a')).rejects.toThrow(new TypeError('Failed to fetch'));
  expect(network.received).toEqual([]);
});

test('a lost response fails only after the server has answered', async () => {
  const network = networkOf([{ kind: 'lose_response' }]);
  await expect(network.pay('a')).rejects.toThrow(new TypeError('Failed to fetch'));
  expect(network.received).toEqual([PAY]);
});

test('the tries after the script arrive', async () => {
  const network = networkOf([{ kind: 'lose_response' }, { kind: 'lose_request' }]);
  await expect(network.pay('a')).rejects.toThrow();
  await expect(network.pay('a')).rejects.toThrow();
  expect(await (await network.pay('a')).text()).toBe('answer 2');
});

test('each key starts its own script', async () => {
  const network = networkOf([{ kind: 'lose_request' }]);
  await expect(network.pay('a')).rejects.toThrow();
  await expect(network.pay('b')).rejects.toThrow();
  expect((await network.pay('a')).ok).toBe(true);
});

test('without a key the same body counts as the same payment', async () => {
  const network = networkOf([{ kind: 'lose_response' }]);
  const send = () => network.flaky(UNPROTECTED, { method: 'POST', body: '{"cartId":"c"}' });
  await expect(send()).rejects.toThrow();
  expect((await send()).ok).toBe(true);
  expect(network.received).toHaveLength(2);
});

test('a duplicate reaches the server twice and is answered once', async () => {
  const network = networkOf([{ kind: 'duplicate' }]);
  expect(await (await network.pay('a')).text()).toMatch(/^answer/);
  expect(network.received).toEqual([PAY, PAY]);
});

test('a delay waits before sending', async () => {
  const network = networkOf([{ kind: 'delay', delayMs: 900 }]);
  await network.pay('a');
  expect(network.slept).toEqual([900]);
  expect(network.received).toEqual([PAY]);
});

test('nothing but a payment is disturbed', async () => {
  const network = networkOf([{ kind: 'lose_request' }]);
  for (const path of ['checkout.status?input=1', 'checkout.quote?input=1', 'cart.put', 'catalog.list']) {
    expect((await network.flaky(`http://shop.test/api/trpc/${path}`)).ok).toBe(true);
  }
});

test('switching off midway lets the next try through', async () => {
  const network = networkOf([{ kind: 'lose_request' }, { kind: 'lose_request' }]);
  await expect(network.pay('a')).rejects.toThrow();
  network.state.script = [];
  expect((await network.pay('a')).ok).toBe(true);
});

test('an answer that is cut midway has arrived by half: its status is there, its body breaks', async () => {
  const network = networkOf([{ kind: 'cut_midway' }]);
  const response = await network.pay('a');
  expect(network.received).toEqual([PAY]);
  expect(response.status).toBe(200);
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  expect(new TextDecoder().decode((await reader.read()).value)).toBe('answ');
  await expect(reader.read()).rejects.toThrow(new TypeError('network error'));
});

test('offline takes the connection away before anything is sent', async () => {
  const network = networkOf([{ kind: 'offline', offlineMs: 3_000 }]);
  await expect(network.pay('a')).rejects.toThrow(new TypeError('Failed to fetch'));
  expect(network.offline).toEqual([3_000]);
  expect(network.received).toEqual([]);
});

test('a gateway that turns a request away does not ask the shop, and may say when to come back', async () => {
  const network = networkOf([{ kind: 'answer_503' }, { kind: 'answer_429', retryAfterSeconds: 2 }]);
  const busy = await network.pay('a');
  expect([busy.status, busy.headers.get('retry-after')]).toEqual([503, null]);
  const limited = await network.pay('a');
  expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '2']);
  expect(network.received).toEqual([]);
});

test('the real cut is asked of the shop for that try alone, over connections that are warm', async () => {
  const network = networkOf([{ kind: 'cut_socket' }]);
  await network.pay('a');
  await network.pay('a');
  expect(network.received).toEqual(['/api/health', '/api/health', PAY, PAY]);
  expect(network.cuts).toEqual([null, null, expect.stringMatching(/^after-commit; run=[\w-]+$/), null]);
});
