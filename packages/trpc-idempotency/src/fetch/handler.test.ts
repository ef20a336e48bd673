import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createEngine, defineOperation, refused, rejected, settled, unfinished, unixMs } from '../index.ts';
import { createMemoryStore, type MemoryTransaction } from '../memory-store.ts';
import { type FetchOptions, type HandlerOptions, idempotentFetch } from './index.ts';

const PayInput = z.object({ amountMinor: z.coerce.number<number | string>(), note: z.string().optional() });

function shop(over: Partial<HandlerOptions> & Pick<Partial<FetchOptions<MemoryTransaction>>, 'toProblem'> = {}) {
  const { toProblem, ...handlerOver } = over;
  const engine = createEngine({
    store: createMemoryStore(),
    hashKeys: [{ kid: 'k1', secret: 'a secret of the tests' }],
    clock: () => unixMs(Date.UTC(2026, 0, 1)),
    statusOf: (outcome) => (outcome.kind === 'settled' ? 200 : 402),
  });
  const executions: number[] = [];
  const pay = defineOperation<MemoryTransaction, typeof PayInput, { z: number; a: string }>({
    name: 'checkout.pay',
    version: 1,
    input: PayInput,
    async run({ amountMinor }, run) {
      executions.push(amountMinor);
      if (amountMinor === 0) return rejected('cart_empty', { status: 999, cartId: 'c-1' });
      if (amountMinor === 13) return unfinished('tax_unavailable', 1_500);
      if (amountMinor === 99) throw new Error('a bug');
      return run.finish(async () => {
        if (amountMinor === 2) return refused('card_declined', { declineCode: 'generic_decline' });
        return settled({ z: amountMinor, a: run.requestId }, { Location: '/orders/1' });
      });
    },
  });
  let requests = 0;
  const handle = idempotentFetch({ engine, ...(toProblem && { toProblem }) })(pay, {
    caller: () => {
      requests += 1;
      return { tenant: 'shop', principal: 'ada', requestId: `request-${requests}` };
    },
    ...handlerOver,
  });

  async function send(body: unknown, key: string | null = '"key-1"') {
    const response = await handle(
      new Request('http://localhost/api/payments', {
        method: 'POST',
        body: typeof body === 'string' ? body : JSON.stringify(body),
        headers: key === null ? {} : { 'Idempotency-Key': key },
      }),
    );
    return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
  }
  return { send, executions };
}

describe('the fetch adapter', () => {
  it('replays the stored answer byte for byte, with its headers, and says so', async () => {
    const { send, executions } = shop({ successStatus: 201 });
    const first = await send({ amountMinor: 2490 });
    expect(first).toEqual({
      status: 201,
      body: '{"z":2490,"a":"request-1"}',
      headers: {
        'cache-control': 'no-store',
        'content-type': 'application/json',
        'idempotency-expires': 'Fri, 02 Jan 2026 00:00:00 GMT',
        location: '/orders/1',
      },
    });
    const second = await send({ amountMinor: '2490' });
    expect(second).toEqual({ ...first, headers: { ...first.headers, 'idempotent-replayed': 'true' } });
    expect(executions).toEqual([2490]);
  });

  it('answers with the stored status where no other is asked for', async () => {
    expect((await shop().send({ amountMinor: 2490 })).status).toBe(200);
  });

  it('replays a refusal as a problem with its stored status and the request that made it', async () => {
    const { send, executions } = shop();
    const first = await send({ amountMinor: 2 });
    expect(first).toMatchObject({ status: 402, headers: { 'content-type': 'application/problem+json' } });
    expect(JSON.parse(first.body)).toEqual({
      type: 'about:blank',
      title: 'Payment Required',
      status: 402,
      detail: 'card_declined',
      code: 'CONFLICT',
      httpStatus: 402,
      path: 'checkout.pay',
      reason: 'card_declined',
      retryable: false,
      requestId: 'request-1',
      declineCode: 'generic_decline',
    });
    const second = await send({ amountMinor: 2 });
    expect(second).toEqual({ ...first, headers: { ...first.headers, 'idempotent-replayed': 'true' } });
    expect(executions).toEqual([2]);
  });

  it('says when to come back, in whole seconds in the header and in milliseconds in the body', async () => {
    const { status, headers, body } = await shop().send({ amountMinor: 13 });
    expect([status, headers['retry-after'], JSON.parse(body)]).toEqual([
      503,
      '2',
      expect.objectContaining({ reason: 'tax_unavailable', retryable: true, retryAfterMs: 1_500 }),
    ]);
  });

  it.each([
    ['no key', { amountMinor: 1 }, null, 'idempotency_key_required'],
    ['two keys', { amountMinor: 1 }, 'a, b', 'idempotency_key_invalid'],
    ['a body that is no JSON', '{"amountMinor":', '"key-1"', 'malformed_request'],
    ['an input of another form', { amountMinor: 'ten' }, '"key-1"', 'invalid_input'],
    ['an input that is no JSON', { amountMinor: 1, note: 'A\ud800' }, '"key-1"', 'invalid_input'],
  ])('refuses %s before anything runs, and uses up no key', async (_what, sent, key, reason) => {
    const { send, executions } = shop();
    const { status, body } = await send(sent, key);
    expect([status, JSON.parse(body)]).toEqual([400, expect.objectContaining({ reason, requestId: 'request-1' })]);
    expect(executions).toEqual([]);
    expect((await send({ amountMinor: 7 })).status).toBe(200);
  });

  it('names what is wrong with an input', async () => {
    const { body } = await shop().send({ amountMinor: 'ten' });
    expect(JSON.parse(body).issues).toEqual([{ path: 'amountMinor', message: expect.any(String) }]);
  });

  it('names the place of what JSON cannot say', async () => {
    const { body } = await shop().send({ amountMinor: 1, note: 'A\ud800' });
    expect(JSON.parse(body).issues).toEqual([{ path: 'note', message: expect.stringContaining('surrogate') }]);
  });

  it.each([204, 205, 304])('answers %s without a body, as it has none', async (successStatus) => {
    const { send } = shop({ successStatus });
    expect(await send({ amountMinor: 2490 })).toMatchObject({ status: successStatus, body: '' });
    expect(await send({ amountMinor: 2490 })).toMatchObject({ headers: { 'idempotent-replayed': 'true' } });
  });

  it.each([0, 101, 200.5, 600, Number.NaN])(
    'is not made with %s for a success, which no answer can have',
    (successStatus) => {
      expect(() => shop({ successStatus })).toThrow(/is no status of an answer/);
    },
  );

  it('refuses the same key with other content', async () => {
    const { send } = shop();
    await send({ amountMinor: 2490 });
    const { status, body } = await send({ amountMinor: 2491 });
    expect([status, JSON.parse(body).reason]).toEqual([409, 'idempotency_key_reused']);
  });

  it('lets no extra stand in for what a client relies on', async () => {
    const { body } = await shop().send({ amountMinor: 0 });
    expect(JSON.parse(body)).toMatchObject({ status: 409, reason: 'cart_empty', cartId: 'c-1' });
  });

  it('lets a duplicate wait where it may', async () => {
    const { send, executions } = shop({ waitMs: 1_000 });
    const [first, second] = await Promise.all([send({ amountMinor: 5 }), send({ amountMinor: 5 })]);
    expect(second).toEqual({ ...first, headers: { ...first.headers, 'idempotent-replayed': 'true' } });
    expect(executions).toEqual([5]);
  });

  it('leaves to the host what an operation throws', async () => {
    await expect(shop().send({ amountMinor: 99 })).rejects.toThrow('a bug');
  });

  it('says its problems in the words of the host, if it has its own', async () => {
    const { send } = shop({ toProblem: (reason, { path }) => new Response(`${path}: ${reason}`, { status: 418 }) });
    expect(await send({ amountMinor: 2 })).toMatchObject({
      status: 418,
      body: 'checkout.pay: card_declined',
      headers: { 'idempotency-expires': 'Fri, 02 Jan 2026 00:00:00 GMT' },
    });
  });
});
