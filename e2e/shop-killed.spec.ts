import { isHealthy } from '../test/payonce.ts';
import { expect } from './fixtures.ts';
import { test } from './killable-payonce.ts';

test('charges once when the shop is killed between the charge and its own commit', async ({
  shop,
  ownPayonce: payonce,
  provider,
  sandbox,
  truth,
}) => {
  await sandbox.fault({ operation: 'payment_intents.confirm', fault: 'delay_answer', delayMs: 20_000 });
  const sandboxPid = payonce.pidOf('sandbox');
  await shop.fillCheckout();
  await shop.pay();
  // The tabs of a browser take turns first, so the tap itself has not sent it yet.
  await expect.poll(() => truth.keysSent()).toHaveLength(1);
  await expect.poll(() => provider.charges(truth.cartId)).toHaveLength(1);

  const killed = payonce.pidOf('server');
  expect(killed).toBeDefined();
  process.kill(killed ?? 0, 'SIGKILL');
  await expect.poll(() => isHealthy(payonce.shopUrl), { intervals: [50] }).toBe(true);

  await shop.showsReceipt({ withinMs: 60_000 });
  await truth.isPaidOnce();
  // What came to a shop that died was in its log, which it takes with it: nobody may say that it never came.
  await expect(shop.page.getByTestId('lane').first()).toContainText('The shop shows no record of it.');
  expect(truth.keysSent()).toHaveLength(1);
  expect(payonce.pidOf('server')).not.toBe(killed);
  expect(payonce.pidOf('sandbox')).toBe(sandboxPid);
});
