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
  return rememberingAt(EXPIRES_AT - 24 * 60 * 60_000, ...kept);
}

function rememberingAt(keptAt: number, ...kept: readonly (readonly [KeyedRequest, Replay])[]) {
  const time = { wall: keptAt, monotonic: 0 };
  const replays = new RecentReplays({ clock: () => unixMs(time.wall), monotonic: () => time.monotonic });
  for (const [request, given] of kept) replays.keep(request, given);
  return { replays, time };
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

  it('is one too when it comes from the run that made the answer', () => {
    const { headers } = replay('paid').answer;
    const executed = new AnswerHeaders({ 'Idempotency-Expires': headers.get('Idempotency-Expires') ?? '' });
    const { replays } = remembering([SENT, { answer: { status: 200, headers: executed, body: 'paid' }, reason: null }]);
    expect(Object.fromEntries(replays.find(SENT)?.answer.headers ?? [])).toEqual(Object.fromEntries(headers));
    expect(executed.has('Idempotent-Replayed')).toBe(false);
  });

  it('is given for a minute, and then asked for again', () => {
    const { replays, time } = remembering([SENT, replay('paid')]);
    time.monotonic = 59_999;
    expect(replays.find(SENT)).toBeDefined();
    time.monotonic = 60_000;
    expect(replays.find(SENT)).toBeUndefined();
  });

  it('is not kept when a process whose clock is ahead may begin its key anew within that minute', () => {
    const [anHour, aMinute] = [60 * 60_000, 60_000];
    expect(rememberingAt(EXPIRES_AT - anHour - aMinute - 1, [SENT, replay('paid')]).replays.find(SENT)).toBeDefined();
    expect(rememberingAt(EXPIRES_AT - anHour - aMinute, [SENT, replay('paid')]).replays.find(SENT)).toBeUndefined();
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
    ['that brings a session', SENT, replay('paid', { 'Set-Cookie': 'payonce_session=1' })],
    [
      'that was not stored',
      SENT,
      { ...replay('paid'), answer: { ...replay('paid').answer, headers: new AnswerHeaders() } },
    ],
  ])('is not kept of an answer %s', (_which, request, given) => {
    const { replays } = remembering([request, given]);
    expect(replays.find(request)).toBeUndefined();
  });
});
