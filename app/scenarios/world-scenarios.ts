import { countWord } from '../bill/count-words.ts';
import { arrangeTaxDown } from './arranged.ts';
import type { Scenario } from './scenario.ts';
import { charged, received } from './told-numbers.ts';

/** What others do to a payment: a bank, a tax service, a card. */
export const worldScenarios = {
  slowBank: {
    id: 'slow-bank',
    title: 'Slow bank',
    before: 'The bank takes six seconds, and the page waits five for an answer before it asks again.',
    promises: [1, 6],
    expected: { on: { charges: 1 }, off: { requests: 5, charges: 5 } },
    off: {
      kind: 'worse',
      words: 'Without a key every try starts a charge that is too slow for it, so this one takes half a minute.',
    },
    async play({ wishes, pays }) {
      await pays(await wishes({ sku: 'field-notes', card: 'pm_card_slowBank' }));
    },
    after: (truth, withKey) =>
      withKey
        ? `${received(truth)}. Those that came while the first was running were told so and waited: ${charged(truth)}.`
        : `${received(truth)}, and each waited for a charge of its own, with nobody left to see it: ${charged(truth)}.`,
  },
  taxDown: {
    id: 'tax-down',
    title: 'Tax service down',
    before: 'The tax service is down, so the shop cannot know the total and asks the page to come back.',
    promises: [1, 9],
    // The shop goes on with the key by itself when the wait is over, and may be at it when the page comes back.
    expected: { on: { charges: 1 }, off: { requests: 2, charges: 1 } },
    off: {
      kind: 'same',
      words:
        'Without a key it ends the same: the tax is asked for before any money is, so a repeat finds nothing taken.',
    },
    async play({ buyer, say, wishes, pays }) {
      const input = await wishes({ sku: 'field-notes' });
      await arrangeTaxDown(buyer, input.cartId, say);
      await pays(input);
    },
    after: (truth) =>
      `${received(truth)}. ${truth.refusals.length === 1 ? 'The first' : `${truth.refusals.length} of them`} took nothing, and the next went on from there: ${charged(truth)}.`,
  },
  cardDeclined: {
    id: 'card-declined',
    title: 'Card declined, then retried',
    before: 'The card is declined and that answer is lost; the page asks again, and then another card is tried.',
    promises: [2, 3],
    expected: { on: { requests: 3, charges: 1 }, off: { requests: 3, charges: 1 } },
    off: {
      kind: 'same',
      words:
        'Without a key it charges once too, but the bank is asked about the refused card again, which banks count.',
    },
    async play({ buyer, wishes, pays, say }) {
      const input = await wishes({ sku: 'field-notes', card: 'pm_card_chargeDeclined' });
      buyer.meets([{ kind: 'lose_response' }]);
      await pays(input);
      buyer.meets([]);
      say('You', 'Choose another card. That is a new payment, with a key of its own.');
      await pays({ ...input, paymentMethod: 'pm_card_visa' });
    },
    after: (truth, withKey) =>
      withKey
        ? `The refusal was kept under its key and given ${countWord(truth.replays)} more, without asking the bank. The new card had a new key: ${charged(truth)}.`
        : `The bank was asked ${countWord(truth.refusals.length)} about the card it had refused. The new card was ${charged(truth)}.`,
  },
} satisfies Record<string, Scenario>;
