import { arrangeSlowBank } from './arranged.ts';
import type { Scenario } from './scenario.ts';
import { charged, received } from './told-numbers.ts';

/** What people do who only want to be sure. */
export const buyerScenarios = {
  doubleTap: {
    id: 'double-tap',
    title: 'Double tap',
    before: 'Pay is tapped twice, faster than any screen can change.',
    promises: [1],
    expected: { on: { requests: 1, charges: 1 }, off: { requests: 2, charges: 2 } },
    off: {
      kind: 'worse',
      words: 'Protection off means here: no key, and a button that is not locked in the moment it is tapped.',
    },
    async play({ wishes, tapsTwice }) {
      await tapsTwice(await wishes({ sku: 'field-notes' }));
    },
    after: (truth, withKey) =>
      withKey
        ? `The second tap found the payment of the first, so ${received(truth)}: ${charged(truth)}.`
        : `Each tap was a payment of its own, and ${received(truth)}: ${charged(truth)}.`,
  },
  twoTabs: {
    id: 'two-tabs',
    title: 'Two tabs',
    before: 'The same cart is open in two pages, and Pay is tapped in both.',
    promises: [1, 6],
    expected: { on: { charges: 1 }, off: { requests: 2, charges: 2 } },
    note: 'The other page is a frame of this one: a document and a client of its own that shares storage and locks, as a second tab does.',
    off: { kind: 'worse', words: 'Without a stored key neither page can find what the other has begun.' },
    async play({ withKey, buyer, say, wishes, pays, secondPage }) {
      const input = await wishes({ sku: 'field-notes' });
      const page = await secondPage();
      await arrangeSlowBank(buyer, input.cartId, say);
      const paid = pays(input);
      say('You', 'Turn to the other page and tap Pay there.');
      page.pays(input, withKey);
      await Promise.all([paid, page.done()]);
    },
    after: (truth, withKey) =>
      withKey
        ? `The other page found the payment under way and showed it, instead of starting one. ${received(truth)}: ${charged(truth)}.`
        : `Neither page knew of the other. ${received(truth)}: ${charged(truth)}.`,
  },
  refresh: {
    id: 'refresh',
    title: 'Refresh mid-payment',
    before: 'The page is reloaded while its payment is under way, and all that it had in memory is gone.',
    promises: [1, 3],
    expected: { on: { charges: 1 }, off: { requests: 2, charges: 2 } },
    note: 'The page that is reloaded is a frame of this one, so that you can watch it.',
    off: { kind: 'worse', words: 'Without a stored key the page comes back as if nothing had happened.' },
    async play({ withKey, buyer, say, wishes, secondPage }) {
      const input = await wishes({ sku: 'field-notes' });
      const page = await secondPage();
      await arrangeSlowBank(buyer, input.cartId, say);
      say('You', 'Tap Pay there.');
      page.pays(input, withKey);
      await page.sent();
      say('You', 'Reload it.');
      const found = await page.reload();
      if (!found) {
        say('You', 'It is back with its Pay button, and no word of a payment. Tap Pay again.');
        page.pays(input, withKey);
      }
      await page.done();
    },
    after: (truth, withKey) =>
      withKey
        ? `The page found its attempt in the browser’s storage and asked with the same key. ${received(truth)}: ${charged(truth)}.`
        : `Nothing was left of the first attempt. ${received(truth)}: ${charged(truth)}.`,
  },
} satisfies Record<string, Scenario>;
