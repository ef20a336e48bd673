import { unixMs } from '@payonce/trpc-idempotency';
import { describe, expect, it } from 'vitest';
import { AnswerHeaders } from './http-answer.ts';
import { type KeyedRequest, RecentReplays, type Replay } from './recent-replays.ts';

const EXPIRES_AT = Date.UTC(2026, 0, 2);
const SENT: KeyedRequest = { principal: 'ada', operation: 'pay', key: 'key-1', body: '{"amountMinor":1}' };

function replay(body: string, headers: Record<string, string> = {}): Replay {
  const expires = new Date(EXPIRES_AT).toUTCString();
  return {
    answer: {
      status: 200,
      headers: new AnswerHeaders({ 'Idempotent-Replayed': 'true', 'Idempotency-Expires': expires, ...headers }),
      body,
    },
    reason: null,
  };
}

function remembering(...kept: readonly (readonly [KeyedRequest, Replay])[]) {
  let now = EXPIRES_AT - 1;
  const replays = new RecentReplays(() => unixMs(now));
  for (const [request, given] of kept) replays.keep(request, given);
  return { replays, setTo: (ms: number) => (now = ms) };
}

describe('a replay that was given lately', () => {
  it('is given again to the same request, with headers that are its own', () => {
    const { replays } = remembering([SENT, replay('paid', { Vary: 'accept' })]);
    const first = replays.find({ ...SENT });
    first?.answer.headers.set('X-Request-Id', 'request-2');
    const second = replays.find({ ...SENT });
    expect(second).toMatchObject({ answer: { status: 200, body: 'paid' }, reason: null });
    expect([...(second?.answer.headers ?? [])]).toEqual([...replay('paid', { Vary: 'accept' }).answer.headers]);
  });

  it.each([
    ['of somebody else', { principal: 'eve' }],
    ['of another operation', { operation: 'refund' }],
    ['under another key', { key: 'key-2' }],
    ['with other content', { body: '{"amountMinor":2}' }],
    ['with the same content in another form', { body: '{ "amountMinor": 1 }' }],
  ])('is not given to a request %s', (_which, difference) => {
    const { replays } = remembering([SENT, replay('paid')]);
    expect(replays.find({ ...SENT, ...difference })).toBeUndefined();
  });

  it('is not given to another whose names read the same', () => {
    const { replays } = remembering([{ ...SENT, principal: 'ada pay', operation: 'pay' }, replay('paid')]);
    expect(replays.find({ ...SENT, principal: 'ada', operation: 'pay pay' })).toBeUndefined();
  });

  it('is given until it expires, and does not come back when the clock is set back', () => {
    const { replays, setTo } = remembering([SENT, replay('paid')]);
    expect(replays.find(SENT)).toBeDefined();
    setTo(EXPIRES_AT);
    expect(replays.find(SENT)).toBeUndefined();
    setTo(EXPIRES_AT - 1);
    expect(replays.find(SENT)).toBeUndefined();
  });

  it('makes way for the answer to other content', () => {
    const other = { ...SENT, body: '{"amountMinor":2}' };
    const { replays } = remembering([SENT, replay('paid')], [other, replay('paid again')]);
    expect(replays.find(SENT)).toBeUndefined();
    expect(replays.find(other)?.answer.body).toBe('paid again');
  });

  it('makes room for newer ones', () => {
    const { replays } = remembering(
      ...Array.from({ length: 1_001 }, (_, at) => [{ ...SENT, key: `key-${at}` }, replay(`paid ${at}`)] as const),
    );
    expect(replays.find({ ...SENT, key: 'key-0' })).toBeUndefined();
    expect(replays.find({ ...SENT, key: 'key-1' })?.answer.body).toBe('paid 1');
  });

  it.each([
    ['that is long', SENT, replay('a'.repeat(4_097))],
    ['to a long request', { ...SENT, body: 'a'.repeat(4_097) }, replay('paid')],
    [
      'that comes piece by piece',
      SENT,
      { ...replay(''), answer: { ...replay('').answer, body: new ReadableStream() } },
    ],
    [
      'that is no replay',
      SENT,
      { ...replay('paid'), answer: { ...replay('paid').answer, headers: new AnswerHeaders() } },
    ],
  ])('is not kept of an answer %s', (_which, request, given) => {
    const { replays } = remembering([request, given]);
    expect(replays.find(request)).toBeUndefined();
  });
});
