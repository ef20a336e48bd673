import { expect, test } from 'vitest';
import { STEPS_COUNT, stepOf, type VisitFacts } from './first-visit.ts';

const arrived: VisitFacts = {
  itemsInCart: 0,
  isAtCheckout: false,
  isNetworkFlaky: false,
  isPaying: false,
  isUnknown: false,
  hasKey: false,
  isDeclined: false,
  requests: 0,
  executions: 0,
  charges: 0,
};

const inCart = { ...arrived, itemsInCart: 1 };

test('a visitor is led one step at a time, by what they have done', () => {
  const visit: Partial<VisitFacts>[] = [
    {},
    { itemsInCart: 1 },
    { itemsInCart: 1, isAtCheckout: true },
    { itemsInCart: 1, isAtCheckout: true, isNetworkFlaky: true },
    { isPaying: true, requests: 1, executions: 1 },
    { requests: 3, executions: 1, charges: 1 },
  ];
  expect(visit.map((facts) => stepOf('new', { ...arrived, ...facts })?.title)).toEqual([
    'Add the Field Notes to your cart',
    'Open your cart, then Checkout',
    'Turn on Flaky network, then tap Pay',
    'Now tap Pay',
    'Watch the requests, and the charges',
    '3 requests, 1 charge',
  ]);
});

test('who has understood the key is led to what happens without one, and then to what else there is', () => {
  const explained = (facts: VisitFacts) => stepOf('explained', facts)?.title;
  expect(explained({ ...arrived, requests: 3, executions: 1, charges: 1 })).toBe('Now without the key');
  expect(explained(inCart)).toBe('Open your cart, then Checkout');
  expect(explained({ ...inCart, isAtCheckout: true, isNetworkFlaky: true })).toBe('Turn Protection off, then tap Pay');
  const last = stepOf('explained', { ...arrived, requests: 3, executions: 3, charges: 3 });
  expect(last).toMatchObject({ number: STEPS_COUNT, next: { progress: 'done', href: '/scenarios' } });
  expect(stepOf('done', arrived)).toBeNull();
});

test('without the key there is nothing to see on a network that loses nothing, so that is the first thing to turn on', () => {
  const text = stepOf('explained', { ...inCart, isAtCheckout: true })?.title;
  expect(text).toBe('Flaky network on, Protection off, then tap Pay');
});

test('who paid before anything could go wrong is asked to break it, and not to begin again', () => {
  const paid = { ...arrived, requests: 1, executions: 1, charges: 1 };
  expect(stepOf('new', paid)?.title).toBe('Buy once more, on a flaky network');
  expect(stepOf('new', { ...paid, itemsInCart: 1 })?.title).toBe('Open your cart, then Checkout');
});

test('a card that was declined first has made two keys, so nothing is said of one', () => {
  const declinedThenPaid = { ...arrived, requests: 2, executions: 2, charges: 1 };
  expect(stepOf('new', declinedThenPaid)?.title).toBe('Buy once more, on a flaky network');
});

test('an outcome that the phone does not know is not told as understood', () => {
  const unknown = { ...inCart, hasKey: true, isAtCheckout: true, isUnknown: true, requests: 3, charges: 1 };
  expect(stepOf('new', unknown)?.title).toBe('The phone does not know. Ask the shop.');
  expect(stepOf('explained', unknown)?.title).toBe('The phone does not know. Ask the shop.');
});

test('without a key nothing is said of one, and a second charge is not called safe', () => {
  const unknown = { ...inCart, isAtCheckout: true, isUnknown: true, requests: 1 };
  expect(stepOf('new', { ...unknown, hasKey: true })?.text).toMatch(/^Check again sends the same key/);
  expect(stepOf('explained', { ...unknown, hasKey: false })).toMatchObject({
    title: 'The phone does not know.',
    text: 'Without a key nobody can ask the shop, and sending it again may be a second charge.',
  });
  const paying = { ...inCart, isAtCheckout: true, isPaying: true, requests: 2 };
  expect(stepOf('new', { ...paying, hasKey: true })?.text).toMatch(/Only one of them may become a charge/);
  expect(stepOf('explained', { ...paying, hasKey: false })?.text).toMatch(/each of them may become a charge/);
});

test('what the key did is told of every repeat, also of one that came while the first was at work', () => {
  const paid = { ...arrived, hasKey: true, requests: 3, executions: 1, charges: 1 };
  expect(stepOf('new', paid)?.text).toBe(
    'One tap, one key: every repeat carried it, so the shop knew each for a repeat and charged nothing more.',
  );
});

test('after a decline the other card comes first, and what there was to turn on besides', () => {
  const declined = { ...inCart, isAtCheckout: true, isDeclined: true, requests: 1, executions: 1 };
  const flaky = { ...declined, isNetworkFlaky: true };
  expect(stepOf('new', declined)?.title).toBe('Choose Visa •••• 4242, then tap Pay');
  expect(stepOf('new', { ...flaky, hasKey: true })).toMatchObject({
    title: 'Choose Visa •••• 4242, then tap Pay',
    text: 'A new card gets a new key.',
  });
  expect(stepOf('new', { ...flaky, hasKey: false })?.text).not.toMatch(/gets a new key/);
  expect(stepOf('explained', flaky)?.title).toBe('Visa •••• 4242, Protection off, then tap Pay');
  expect(stepOf('explained', declined)?.title).toBe('Visa •••• 4242, Flaky network on, Protection off, then tap Pay');
});

test('that nothing got lost is not said of a payment that was carried out twice', () => {
  const paid = { ...arrived, requests: 1, executions: 1, charges: 1 };
  expect(stepOf('new', paid)?.text).toMatch(/^This time nothing got lost/);
  expect(stepOf('new', { ...paid, requests: 4, executions: 2 })?.text).toMatch(/^This time more than one request was/);
});
