import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { keyScope } from '#server/context.ts';
import { refundOperation } from '#server/orders/refund.ts';
import { buyerAt, reconcilerOf } from './reconciling.ts';
import { startShop } from './running-shop.ts';

it('a refund that the provider refuses for good raises one alarm, is seen with its reason, and is never lost', async () => {
  await using shop = await startShop({ WORKERS: 'off' });
  await using other = await reconcilerOf(shop);
  const buyer = await buyerAt(shop);
  const orderId = String((await buyer.pay()).data.orderId);
  const [order] = shop.rows<{ principal: string }>('select principal from orders');
  const alarms: string[] = [];
  const operation = refundOperation({ ...other.room, alarm: (message) => void alarms.push(message) });
  const key = randomUUID();
  const ask = () =>
    other.room.engine.execute(
      operation,
      { orderId },
      { ...keyScope(String(order?.principal), operation.name), key, requestId: 'request' },
    );
  const shown = async () => {
    const { data } = await buyer.customer.query('backstage.ledger');
    return (data.rows as { refunds: object[] }).refunds;
  };

  await shop.fault({ operation: 'refunds.create', fault: 'error', status: 400, times: 3 });
  for (const _ of [1, 2, 3]) {
    expect(await ask()).toMatchObject({ kind: 'unfinished', reason: 'payment_outcome_unknown' });
  }
  expect(alarms).toEqual([expect.stringContaining(orderId)]);
  expect(await shown()).toMatchObject([{ orderId, refundId: null, failure: expect.stringContaining('wrong') }]);

  expect(await ask()).toMatchObject({ kind: 'final' });
  expect(alarms).toHaveLength(1);
  expect(await shown()).toMatchObject([{ orderId, refundId: expect.stringContaining('re_'), failure: null }]);
});
