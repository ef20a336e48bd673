import { expect, test } from 'vitest';
import { createVirtualClock } from './virtual-clock.ts';

const unaborted = () => new AbortController().signal;

test('what waits goes on in the order of time, and sees the time it waited for', async () => {
  const clock = createVirtualClock();
  const seen: string[] = [];
  clock.at(200, () => seen.push(`b at ${clock.now()}`));
  clock.at(50, () => seen.push(`a at ${clock.now()}`));
  await clock.runUntil(1_000);
  expect(seen).toEqual(['a at 50', 'b at 200']);
});

test('time does not pass before a chain of promises has come to its end', async () => {
  const clock = createVirtualClock();
  const seen: number[] = [];
  const hopOn = async () => {
    for (let hop = 0; hop < 1_000; hop += 1) await undefined;
    seen.push(clock.now());
  };
  clock.at(10, () => void hopOn());
  clock.at(15, () => {});
  await clock.runUntil(100);
  expect(seen).toEqual([10]);
});

test('an abort ends a sleep at once and takes it out of the plan', async () => {
  const clock = createVirtualClock();
  const stop = new AbortController();
  const ended: number[] = [];
  void clock.sleep(5_000, stop.signal).then(() => ended.push(clock.now()));
  clock.at(20, () => stop.abort());
  await clock.runUntil(10_000);
  expect(ended).toEqual([20]);
  await clock.sleep(1_000, stop.signal);
});

test('who waits longer than the run waits for ever', async () => {
  const clock = createVirtualClock();
  let isOver = false;
  void clock.sleep(101, unaborted()).then(() => {
    isOver = true;
  });
  await clock.runUntil(100);
  expect(isOver).toBe(false);
});
