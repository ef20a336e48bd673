import { expect, test } from 'vitest';
import { compare, median } from './rounds.ts';

test('a median is the middle value, or the mean of the two in the middle', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
});

test('contestants take turns, round by round, and preparing is done before their clock runs', async () => {
  const order: string[] = [];
  const contestant = (name: string) => ({
    name,
    prepare: async () => void order.push(`prepare ${name}`),
    run: async () => void order.push(`run ${name}`),
  });
  const results = await compare([contestant('one'), contestant('other')], { rounds: 1, runsPerRound: 2 });
  const turn = (name: string) => [`prepare ${name}`, `prepare ${name}`, `run ${name}`, `run ${name}`];
  const round = [...turn('one'), ...turn('other')];
  expect(order).toEqual([...round, ...round]);
  expect(results.map(({ name }) => name)).toEqual(['one', 'other']);
  expect(results[0]?.ratio).toBe(1);
});
