import { expect, test } from 'vitest';
import type { PaymentProvider } from '../payments/provider.ts';
import { OutsideView } from './outside-view.ts';

/** A provider that counts how often it is asked, and answers when it is let. */
function asked({ answers = Promise.resolve() }: { answers?: Promise<void> } = {}) {
  const world = { now: 0, questions: 0, fails: false };
  const provider = {
    async capturedCharges() {
      world.questions += 1;
      await answers;
      if (world.fails) throw new Error('down');
      return [];
    },
  } as unknown as PaymentProvider;
  const view = new OutsideView({ provider, mailbox: { deliveriesTo: async () => null } }, () => world.now as never);
  const look = (occasion: string, isMoving = false, whenMoreIsKnown = () => undefined) =>
    view.look({ principal: 'ada', addresses: [], occasion, isMoving }, whenMoreIsKnown);
  return { world, look };
}

test('the provider is asked once a second at most, however much happens', async () => {
  const { world, look } = asked();
  for (const occasion of ['a', 'b', 'c']) await look(occasion);
  expect(world.questions).toBe(1);
  expect(await look('d')).toMatchObject({ isFresh: false, lookAgainMs: 1_000 });
  world.now += 1_000;
  expect(await look('d')).toMatchObject({ isFresh: true, lookAgainMs: null });
  expect(world.questions).toBe(2);
});

test('the provider is not asked when nothing has happened, and again each second while something is under way', async () => {
  const { world, look } = asked();
  await look('a');
  world.now += 60_000;
  await look('a');
  expect(world.questions).toBe(1);
  expect(await look('a', true)).toMatchObject({ lookAgainMs: 1_000 });
  expect(world.questions).toBe(1);
  world.now += 1_000;
  await look('a', true);
  expect(world.questions).toBe(2);
  world.now += 999;
  await look('b');
  world.now += 1;
  expect(await look('b')).toMatchObject({ isFresh: true });
});

test('a provider that is slow holds nothing up, and its answer is told when it comes', async () => {
  let answer: () => void = () => undefined;
  const { look } = asked({ answers: new Promise<void>((resolve) => (answer = resolve)) });
  const told = new Promise<void>((resolve) => void look('a', false, () => void resolve()));
  expect(await look('a')).toMatchObject({ outside: undefined, isFresh: false });
  answer();
  await told;
  expect(await look('a')).toMatchObject({ isFresh: true });
});

test('a provider that is down is asked again, but less often when nothing else goes on', async () => {
  const { world, look } = asked();
  world.fails = true;
  expect(await look('a')).toMatchObject({ isFresh: false, lookAgainMs: 5_000 });
  world.now += 1_000;
  await look('a');
  expect(world.questions).toBe(1);
  world.now += 4_000;
  world.fails = false;
  expect(await look('a')).toMatchObject({ isFresh: true, outside: { isKnown: true } });
});

test('a payment that is over within a moment is asked about at its end, without a wait', async () => {
  const { world, look } = asked();
  await look('before');
  world.now += 60_000;
  await look('before', true);
  world.now += 50;
  expect(await look('after')).toMatchObject({ isFresh: true, lookAgainMs: null });
  expect(world.questions).toBe(2);
});
