import { expect, test } from 'vitest';
import { createFlakyFetch } from '../flaky-network/flaky-fetch.ts';
import type { Mishap } from '../flaky-network/trouble.ts';
import { createEars } from './heard-fetch.ts';

const PAY = 'http://shop/api/trpc/checkout.pay';

/** What is told of one payment request that meets this mishap. */
async function told(mishap: Mishap | null, answer: () => Response = () => Response.json({ result: {} })) {
  const words: string[] = [];
  let sent = 0;
  const ears = createEars(
    (who, what) => words.push(`${who}: ${what}`),
    () => {
      sent += 1;
    },
  );
  const flaky = createFlakyFetch({
    fetch: ears.below(async () => answer()),
    script: () => (mishap ? [mishap] : []),
    sleep: async () => undefined,
  });
  const page = ears.above(flaky);
  await page(PAY, { method: 'POST', body: '{}', signal: new AbortController().signal }).catch(() => undefined);
  await page('http://shop/api/trpc/catalog.list');
  return { words, sent };
}

test('a lost request and a lost answer look the same to the page and are told apart here', async () => {
  expect((await told({ kind: 'lose_request' })).words).toEqual([
    'Page: Sends request 1.',
    'Network: Request 1 is lost on its way to the shop.',
  ]);
  expect((await told({ kind: 'lose_response' })).words).toEqual([
    'Page: Sends request 1.',
    'Shop: Request 1 is answered: paid.',
    'Network: The answer to request 1 is lost on its way back.',
  ]);
});

test('one request that is delivered twice is counted once and told as two', async () => {
  const { words, sent } = await told({ kind: 'duplicate' });
  expect(words).toContain('Network: Request 1 is delivered twice.');
  expect(words.filter((line) => line.startsWith('Shop:'))).toHaveLength(2);
  expect(sent).toBe(1);
});

test('a replay and a key in use are told in words', async () => {
  const replay = () => Response.json({ result: {} }, { headers: { 'Idempotent-Replayed': 'true' } });
  expect((await told(null, replay)).words).toContain('Shop: Request 1 is answered: the stored answer once more, paid.');
  const inUse = () =>
    Response.json(
      { error: { data: { reason: 'idempotency_key_in_use' } } },
      { status: 409, headers: { 'Retry-After': '2' } },
    );
  expect((await told(null, inUse)).words).toContain(
    'Shop: Request 1 is answered: 409, the first request with this key is still running, come back in 2 s.',
  );
});
