import { expect, test } from './fixtures.ts';
import { writeDown } from './what-was-said.ts';

test('what takes longer than a moment says how long it can take, and which payment it is', async ({
  shop,
  network,
  truth,
}) => {
  await shop.fillCheckout();
  network.holdTheRest();
  const said = await writeDown(shop.page);
  await shop.pay();
  // Until the first request has had all of its time.
  await network.hasSent(2);
  const words = (await said()).map((one) => one.words).join('\n');
  expect(words).toMatch(/Sending your payment. This can take up to a minute. ?Reference [\da-f]{8}, try 1/);
  await network.letEverythingArrive();
  await shop.showsReceipt();
  await truth.isPaidOnce();
});

test('a wait can be cut short, and the next try carries the same key', async ({ shop, network, truth }) => {
  await shop.page.clock.install();
  await shop.fillCheckout();
  // No wait ends by itself from here on.
  await shop.page.clock.pauseAt(Date.now() + 60_000);
  network.loseRequests(1);
  await shop.pay();
  await shop.reaches('no_answer');
  await expect(shop.status).toContainText(
    'We don’t know if it went through, so we are checking with the same reference.',
  );
  expect(network.sent).toHaveLength(1);
  await shop.checkout.getByRole('button', { name: 'Try now' }).click();
  await network.hasSent(2);
  await shop.page.clock.resume();
  await shop.showsReceipt();
  expect(truth.keysSent()).toHaveLength(1);
  await truth.isPaidOnce();
});

test('a request that is still being worked on is named as that, and is no failure', async ({
  shop,
  network,
  truth,
}) => {
  await shop.fillCheckout();
  network.give(1, (route) => {
    const data = { httpStatus: 409, reason: 'idempotency_key_in_use', retryable: true };
    return route.fulfill({ status: 409, json: { error: { message: 'in use', code: -32_009, data } } });
  });
  network.holdTheRest();
  await shop.pay();
  await network.hasSent(2);
  await shop.reaches('in_progress');
  await expect(shop.status).toContainText('Your first request is still being processed.');
  await network.letEverythingArrive();
  await shop.showsReceipt();
  await truth.isPaidOnce();
});

test('after a reload the last payment is looked up in words, and there is no Pay until its outcome is known', async ({
  shop,
  network,
  truth,
}) => {
  await shop.fillCheckout();
  network.loseResponses(1);
  network.holdTheRest();
  await shop.pay();
  await network.hasSent(2);
  let answer = () => {};
  const mayAnswer = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await shop.page.route(/checkout\.status/, async (route) => {
    await mayAnswer;
    // The page may have stopped waiting for this one.
    await route.continue().catch(() => undefined);
  });
  await shop.page.reload();
  await expect(shop.status).toContainText('Looking up your last payment.');
  await expect(shop.status).toContainText(/Reference [\da-f]{8}/);
  await expect(shop.checkout.getByRole('button', { name: 'Checking…' })).toHaveAttribute('aria-disabled', 'true');
  await expect(shop.payButton).toHaveCount(0);
  answer();
  await shop.showsReceipt();
  await truth.isPaidOnce();
});
