import { expect, test } from 'vitest';
import { stepOf, type VisitFacts } from './first-visit.ts';

const arrived: VisitFacts = {
  itemsInCart: 0,
  isAtCheckout: false,
  isNetworkFlaky: false,
  isPaying: false,
  requests: 0,
  charges: 0,
};

test('a visitor is led one step at a time, by what they have done', () => {
  const visit: Partial<VisitFacts>[] = [
    {},
    { itemsInCart: 1 },
    { itemsInCart: 1, isAtCheckout: true },
    { itemsInCart: 1, isAtCheckout: true, isNetworkFlaky: true },
    { isPaying: true, requests: 1 },
    { requests: 3, charges: 1 },
  ];
  expect(visit.map((facts) => stepOf('new', { ...arrived, ...facts })?.title)).toEqual([
    'Add the Field Notes to your cart',
    'Open your cart, then Checkout',
    'Turn on Flaky network, then tap Pay',
    'Tap Pay',
    'Watch the numbers',
    '3 requests, 1 charge',
  ]);
});

test('who has understood the key is led to what happens without one, and then left alone', () => {
  expect(stepOf('explained', { ...arrived, requests: 3, charges: 1 })?.title).toBe('Now without the key');
  expect(stepOf('explained', { ...arrived, isAtCheckout: true })?.title).toBe('Turn Protection off and pay');
  expect(stepOf('explained', { ...arrived, requests: 3, charges: 3 })?.next?.progress).toBe('done');
  expect(stepOf('done', arrived)).toBeNull();
});
