import type { Scenario } from './scenario.ts';
import { answersKept, charged, received } from './told-numbers.ts';

/** What a network does to requests and answers. */
export const networkScenarios = {
  responseLost: {
    id: 'response-lost',
    title: 'Response lost',
    before: 'The shop takes the payment, and its answer is lost on the way back, twice.',
    promises: [1, 2],
    expected: { on: { requests: 3, charges: 1 }, off: { requests: 3, charges: 3 } },
    off: { kind: 'worse', words: 'Without a key the shop cannot tell a repeat from a new order.' },
    async play({ buyer, wishes, pays }) {
      buyer.meets([{ kind: 'lose_response' }, { kind: 'lose_response' }]);
      await pays(await wishes({ sku: 'field-notes' }));
    },
    after: (truth, withKey) =>
      withKey
        ? `${received(truth)} with one key. The first was carried out and ${answersKept(truth)}: ${charged(truth)}.`
        : `${received(truth)}, and each was carried out: ${charged(truth)}.`,
  },
  requestLost: {
    id: 'request-lost',
    title: 'Request lost',
    before: 'The request never reaches the shop, twice, and the page cannot know that.',
    promises: [1, 3],
    expected: { on: { requests: 1, charges: 1 }, off: { requests: 1, charges: 1 } },
    off: {
      kind: 'same',
      words:
        'Without a key it ends well too, by luck: a lost request and a lost answer look the same from the page, and it repeats both.',
    },
    async play({ buyer, wishes, pays }) {
      buyer.meets([{ kind: 'lose_request' }, { kind: 'lose_request' }]);
      await pays(await wishes({ sku: 'field-notes' }));
    },
    after: (truth) =>
      `What the page could not know: of ${truth.sent} requests, ${truth.sent - truth.requests} were lost on the way. ${received(truth)}: ${charged(truth)}.`,
  },
  duplicateDelivery: {
    id: 'duplicate-delivery',
    title: 'Duplicate delivery',
    before: 'The page sends one request, and something on the way delivers it twice at the same moment.',
    promises: [1, 6],
    expected: { on: { charges: 1 }, off: { requests: 2, charges: 2 } },
    off: { kind: 'worse', words: 'No button can be locked against this: the page has sent one request only.' },
    async play({ buyer, wishes, pays }) {
      buyer.meets([{ kind: 'duplicate' }]);
      await pays(await wishes({ sku: 'field-notes' }));
    },
    after: (truth, withKey) =>
      withKey
        ? `${received(truth)} with one key. One got to run, the other was told to wait or got its answer: ${charged(truth)}.`
        : `${received(truth)}, though the page sent ${truth.sent}, and both ran: ${charged(truth)}.`,
  },
} satisfies Record<string, Scenario>;
