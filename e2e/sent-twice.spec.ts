import { expect, test } from './fixtures.ts';
import { secondTab } from './two-tabs.ts';

test('charges once when Pay is tapped twice', { tag: '@phone' }, async ({ shop, network, truth }) => {
  await shop.fillCheckout();
  await shop.payButton.dblclick();
  await shop.showsReceipt();
  await shop.showsBill({ requests: 1, charges: 1 });
  await truth.isPaidOnce();
  expect(network.sent).toHaveLength(1);
});

test('a second tap in the same place, when the screen has changed, stops nothing', { tag: '@phone' }, async ({
  shop,
  network,
  truth,
}) => {
  await shop.fillCheckout();
  network.holdTheRest();
  const place = await shop.payButton.boundingBox();
  const tap = () => shop.page.mouse.click((place?.x ?? 0) + 40, (place?.y ?? 0) + 20);
  await tap();
  await shop.checkout.getByRole('button', { name: 'Stop trying (the result stays unknown)' }).waitFor();
  await tap();
  await network.letEverythingArrive();
  await shop.showsReceipt();
  await truth.isPaidOnce();
});

test('charges once when Enter and a click fall together', async ({ shop, network, truth }) => {
  await shop.fillCheckout();
  // In one task of the page, so that no render lies between the two: what disables a button comes too late here.
  await shop.page.evaluate(() => {
    const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent?.startsWith('Pay €'));
    button?.form?.requestSubmit(button);
    button?.click();
  });
  await shop.showsReceipt();
  await truth.isPaidOnce();
  expect(network.sent).toHaveLength(1);
});

test('charges once when a proxy delivers the request twice', async ({ shop, network, truth }) => {
  network.duplicate();
  await shop.fillCheckout();
  await shop.pay();
  await shop.showsReceipt();
  await truth.isPaidOnce();
  expect(truth.keysSent()).toHaveLength(1);
});

test('charges once when Pay is tapped in a second tab while the first one pays', async ({
  shop,
  network,
  context,
  truth,
}) => {
  await shop.fillCheckout();
  const second = await secondTab(context, shop.email);
  network.holdTheRest();
  await shop.pay();
  await network.hasSent(1);
  // Whatever its button says by now: the tap lands on what the buyer has before them.
  await second.shop.checkout.getByRole('button', { name: /^Pay/ }).dispatchEvent('click');
  await network.letEverythingArrive();
  await shop.showsReceipt();
  await second.shop.showsReceipt();
  expect(second.network.sent).toEqual([]);
  await truth.isPaidOnce();
});
