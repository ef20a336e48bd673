import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { Happenings } from './happenings.ts';
import type { Look, Snapshot } from './snapshot.ts';
import { watch } from './watch.ts';

/** A world of one number, which counts how often it was looked at. */
function world() {
  const happenings = new Happenings();
  const abort = new AbortController();
  const seen = { looks: 0, number: 0 };
  const look = async (): Promise<Look> => {
    seen.looks += 1;
    return { snapshot: { now: seen.looks, total: { requests: seen.number } } as Snapshot, lookAgainMs: null };
  };
  const states = watch({ principal: 'ada', look, happenings, signal: abort.signal });
  return { happenings, abort, seen, states };
}

test('who reads slowly is given the latest state, not every state there was', async () => {
  const { happenings, abort, seen, states } = world();
  await states.next();
  for (let number = 1; number <= 50; number += 1) {
    seen.number = number;
    happenings.tell('ada');
  }
  expect((await states.next()).value).toMatchObject({ total: { requests: 50 } });
  expect(seen.looks).toBe(2);
  abort.abort();
});

test('nothing is sent when a happening has changed nothing', async () => {
  const { happenings, abort, seen, states } = world();
  await states.next();
  const next = states.next();
  happenings.tell(null);
  await expect.poll(() => seen.looks).toBe(2);
  seen.number = 1;
  happenings.tell('bob');
  happenings.tell('ada');
  expect((await next).value).toMatchObject({ total: { requests: 1 } });
  abort.abort();
});

test('ends when it is told to, and no longer listens', async () => {
  const { happenings, abort, seen, states } = world();
  await states.next();
  const next = states.next();
  // It gathers first, with an ear of its own for the end; after that it only waits to be told.
  const ears = () => getEventListeners(abort.signal, 'abort').length;
  await expect.poll(ears).toBe(ears() - 1);
  abort.abort();
  expect(await next).toEqual({ done: true, value: undefined });
  happenings.tell('ada');
  expect(seen.looks).toBe(1);
});
