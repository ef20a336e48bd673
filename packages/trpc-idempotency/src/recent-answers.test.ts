import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createEngine, defineOperation, type IdempotencyStore, settled } from './index.ts';
import { createMemoryStore, type MemoryTransaction } from './memory-store.ts';
import { RecentAnswers } from './recent-answers.ts';
import { unixMs } from './record.ts';
import type { ClaimRequest } from './store.ts';
import { manualClock } from './testing/index.ts';
import { HASH_KEY, workbench } from './testing/workbench.ts';

const RETENTION_MS = 60_000;
const Input = z.object({ amountMinor: z.number() });

function shop(answer: string) {
  const clock = manualClock();
  const store = createMemoryStore();
  const claims: string[] = [];
  const counting: IdempotencyStore<MemoryTransaction> = {
    ...store,
    claim(request) {
      claims.push(request.key);
      return store.claim(request);
    },
  };
  const engine = createEngine({ store: counting, hashKeys: [HASH_KEY], clock, retentionMs: RETENTION_MS, leaseMs: 9 });
  const pay = defineOperation<MemoryTransaction, typeof Input, string>({
    name: 'pay',
    version: 1,
    input: Input,
    run: (_input, run) => run.finish(async () => settled(`${answer}, paid by ${run.requestId}`)),
  });
  const send = (requestId: string, { amountMinor = 1, principal = 'ada', key = 'key-1' } = {}) =>
    engine.execute(pay, { amountMinor }, { tenant: 'shop', principal, key, requestId });
  return { send, claims, clock };
}

describe('an answer that was asked for again', () => {
  it('is given from memory from then on, the same to the letter', async () => {
    const { send, claims } = shop('ok');
    await send('request-1');
    const second = await send('request-2');
    const third = await send('request-3');
    expect(third).toEqual(second);
    expect(third).toMatchObject({
      replayed: true,
      requestId: 'request-1',
      outcome: { output: 'ok, paid by request-1' },
    });
    expect(claims).toHaveLength(2);
  });

  it('is not given for other content, to somebody else, or for another key', async () => {
    const { send } = shop('ok');
    await send('request-1');
    await send('request-2');
    expect(await send('request-3', { amountMinor: 2 })).toEqual({ kind: 'mismatch' });
    expect(await send('request-4', { principal: 'eve' })).toMatchObject({ replayed: false, requestId: 'request-4' });
    expect(await send('request-5', { key: 'key-2' })).toMatchObject({ replayed: false, requestId: 'request-5' });
  });

  it('is not given to another whose name reads the same', async () => {
    const { send } = shop('ok');
    await send('request-1', { principal: 'ada pay', key: 'key-1' });
    await send('request-2', { principal: 'ada pay', key: 'key-1' });
    expect(await send('request-3', { principal: 'ada', key: 'pay key-1' })).toMatchObject({ requestId: 'request-3' });
    expect(await send('request-4', { principal: 'ada', key: 'pay key-1' })).toMatchObject({ requestId: 'request-3' });
  });

  it('is given until the millisecond in which it expires, and the key is new then', async () => {
    const { send, clock } = shop('ok');
    await send('request-1');
    await send('request-2');
    clock.advance(RETENTION_MS - 1);
    expect(await send('request-3')).toMatchObject({ replayed: true });
    clock.advance(1);
    expect(await send('request-4')).toMatchObject({ replayed: false, requestId: 'request-4' });
  });

  it('makes way for the answer to other content, once its own has expired', async () => {
    const { send, claims, clock } = shop('ok');
    await send('request-1');
    await send('request-2');
    clock.advance(RETENTION_MS);
    await send('request-3', { amountMinor: 2 });
    await send('request-4', { amountMinor: 2 });
    const claimsBefore = claims.length;
    expect(await send('request-5', { amountMinor: 2 })).toMatchObject({ replayed: true, requestId: 'request-3' });
    expect(claims).toHaveLength(claimsBefore);
    expect(await send('request-6')).toEqual({ kind: 'mismatch' });
  });

  it('does not come back when the clock is set back, once other content has taken its key', async () => {
    const { send, clock } = shop('ok');
    await send('request-1');
    await send('request-2');
    clock.advance(RETENTION_MS);
    expect(await send('request-3', { amountMinor: 2 })).toMatchObject({ replayed: false });
    clock.advance(-1);
    expect(await send('request-4')).toEqual({ kind: 'mismatch' });
  });

  it('is each request’s own: what is done to one copy, no other request is given', async () => {
    const memory = createMemoryStore();
    // As a store that reads rows does: each answer is a copy.
    const claim = async (request: ClaimRequest) => structuredClone(await memory.claim(request));
    const { send } = workbench({ store: { ...memory, claim } });
    const list = defineOperation<MemoryTransaction, typeof Input, number[]>({
      name: 'list',
      version: 1,
      input: Input,
      run: (_input, run) => run.finish(async () => settled([1, 2])),
    });
    for (let request = 1; request <= 4; request += 1) {
      const answer = await send(list, { amountMinor: 1 });
      expect(answer).toMatchObject({ replayed: request > 1, outcome: { output: [1, 2] } });
      if (answer.kind === 'final' && answer.outcome.kind === 'settled' && request > 1) answer.outcome.output.push(3);
    }
  });

  it('is read from storage each time when it is long', async () => {
    const { send, claims } = shop('long '.repeat(1_000));
    for (const requestId of ['request-1', 'request-2', 'request-3']) await send(requestId);
    expect(claims).toHaveLength(3);
  });

  it('makes room for newer ones', () => {
    const answers = new RecentAnswers();
    const request = (key: number) =>
      ({ key: `key-${key}`, input: null, now: unixMs(1), requestHash: () => 'hash' }) as unknown as ClaimRequest;
    const answer = {
      outcome: settled('ok'),
      statusCode: 200,
      requestId: 'r',
      completedAt: unixMs(0),
      expiresAt: unixMs(9),
    };
    const replay = { kind: 'replay', answer } as const;
    for (let key = 0; key <= 1_000; key += 1) answers.keep(request(key), replay);
    expect(answers.find(request(0))).toBeUndefined();
    expect(answers.find(request(1))).toEqual(replay);
  });
});
