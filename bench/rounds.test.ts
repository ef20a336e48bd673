import { expect, test } from 'vitest';
import { compare, median, ratioOf } from './rounds.ts';

test('a median is the middle value, or the mean of the two in the middle', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
});

test('contestants take turns, every other round backwards, and preparing is done before their clock runs', async () => {
  const order: string[] = [];
  const contestant = (name: string) => ({
    name,
    prepare: async () => order.push(`prepare ${name}`),
    run: async () => order.push(`run ${name}`),
    settle: async () => void order.push(`settle ${name}`),
  });
  const one = contestant('one');
  const results = await compare([one, contestant('other')], { rounds: 1, runsPerRound: 2, clients: 1 });
  const turn = (name: string) =>
    ['prepare', 'prepare', 'settle', 'run', 'run', 'settle'].map((step) => `${step} ${name}`);
  expect(order).toEqual([...turn('one'), ...turn('other'), ...turn('other'), ...turn('one')]);
  expect(results.map(({ name, msPerRun }) => [name, msPerRun.length])).toEqual([
    ['one', 1],
    ['other', 1],
  ]);
});

test('as many runs are under way as there are clients', async () => {
  let underWay = 0;
  let most = 0;
  const contestant = {
    name: 'crowd',
    prepare: async () => ({}),
    async run() {
      underWay += 1;
      most = Math.max(most, underWay);
      await Promise.resolve();
      underWay -= 1;
    },
  };
  await compare([contestant], { rounds: 1, runsPerRound: 6, clients: 3 });
  expect(most).toBe(3);
});

test('ratios are taken within a round, so that a slow round is slow for both', () => {
  const ratio = ratioOf([2, 40, 4, 9, 1], [1, 20, 4, 3, 2]);
  expect(ratio).toEqual({ median: 2, from: 1, to: 2 });
});
