import { arrangeKill, arrangeLastItem } from './arranged.ts';
import type { Scenario } from './scenario.ts';
import { charged, ordered, received } from './told-numbers.ts';

/** What the shop itself must not get wrong. */
export const shopScenarios = {
  serverKilled: {
    id: 'server-killed',
    title: 'Server killed between charge and save',
    before: 'The money is taken, and the shop’s process is killed before it can write that down.',
    promises: [1, 4, 9],
    needsThisMachine: true,
    expected: { on: { charges: 1 }, off: { charges: 2 } },
    note: 'It waits for the lease of the dead process, up to half a minute. What that process had received is gone with its log, and is not among the requests counted.',
    off: { kind: 'worse', words: 'Without a key nobody comes back for the charge that was not written down.' },
    async play({ withKey, buyer, say, wishes, pays, sendsAgain }) {
      const input = await wishes({ sku: 'field-notes' });
      await arrangeKill(buyer, input.cartId, say);
      if (withKey) {
        say(
          'World',
          'Nobody can know that a process is dead and not slow, so its key stays its own until its lease ends: up to half a minute from now.',
        );
      }
      const { kind } = await pays(input);
      // The shop may stay away for longer than the page tries. Who wants the thing then sends the order once more.
      if (kind === 'unknown' && !withKey) await sendsAgain();
    },
    after(truth, withKey) {
      // The request of a process that was killed is in no log: without one that is missing, nobody died.
      if (truth.sent === truth.requests)
        return `Another process made this payment than the one that waited to be killed: ${charged(truth)}.`;
      return withKey
        ? `The page sent ${truth.sent} requests with one key. The shop came back, waited for the lease of the dead process, asked the provider, and found the money taken: ${charged(truth)}, ${ordered(truth)}.`
        : `The page sent ${truth.sent} requests. The shop that came back knew nothing of the first: ${charged(truth)}, and ${ordered(truth)}.`;
    },
  },
  lastItem: {
    id: 'last-item',
    title: 'Last item, two buyers',
    before: 'Two customers pay for the last print at the same moment.',
    promises: [5, 7],
    expected: { on: { requests: 2, charges: 1 }, off: { requests: 2, charges: 1 } },
    off: {
      kind: 'same',
      words: 'The key has no part in this: the stock is taken by one statement that cannot go below zero.',
    },
    async play({ buyer, say, secondBuyer, wishes, pays }) {
      const other = secondBuyer();
      await arrangeLastItem(buyer, say);
      const inputs = [await wishes({ sku: 'last-print' }), await wishes({ sku: 'last-print', buyer: other })] as const;
      await Promise.all([pays(inputs[0]), pays(inputs[1], other)]);
    },
    after: (truth) =>
      truth.charges === 0
        ? 'Somebody else in the shop bought it in that moment: both were told that it is sold out, and nothing was charged.'
        : `Both requests reached the shop. One buyer has the print, the other was told that it is sold out: ${charged(truth)}.`,
  },
  keyReused: {
    id: 'key-reused',
    title: 'Key reused with another amount',
    before: 'A payment is made, and then its key comes back with another amount.',
    promises: [6],
    expected: { on: { requests: 2, charges: 1 }, off: { requests: 2, charges: 1 } },
    off: {
      kind: 'instead',
      words:
        'Without protection there is no key to reuse. What stands in its place is that the shop works the total out itself.',
    },
    async play({ wishes, pays, sendsOtherTotal }) {
      await pays(await wishes({ sku: 'field-notes' }));
      await sendsOtherTotal();
    },
    after: (truth, withKey) =>
      withKey
        ? `${received(truth)}. The second had the key of the first but not its content, and was refused: ${charged(truth)}.`
        : `${received(truth)}. The second did not name the shop’s own total, and was refused: ${charged(truth)}. With the right total it would have charged again.`,
  },
} satisfies Record<string, Scenario>;
