import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { createMailer } from '#server/mail/mailer.ts';
import { startOutboxRelay } from '#server/workers/outbox-relay.ts';
import { Customer } from './customer.ts';
import { clockAhead, reconcilerOf } from './reconciling.ts';
import { startShop } from './running-shop.ts';
import { ended, startWorker } from './worker-process.ts';

interface Mail {
  readonly messageId: string;
  readonly deliveries: number;
}

it('an email whose sender is killed between send and mark is shown once, under one Message-ID', async () => {
  await using shop = await startShop({ WORKERS: 'off' });
  const email = `${randomUUID()}@example.com`;
  const mailbox = async () => {
    const response = await fetch(`${shop.sandboxUrl}/mailbox?to=${email}`);
    return ((await response.json()) as { messages: Mail[] }).messages;
  };
  const row = () =>
    shop.rows<{ messageId: string; sentAt: number | null }>(
      'select message_id messageId, sent_at sentAt from outbox where recipient = ?',
      email,
    )[0];

  const customer = new Customer(shop);
  const cartId = await customer.fillCart();
  expect((await customer.pay(randomUUID(), { cartId, email })).status).toBe(200);

  // The mail server has the message, and its yes never reaches the sender.
  await shop.fault({ operation: 'mail.receive', fault: 'delay_answer', delayMs: 60_000, match: { email } });
  const sender = await startWorker(shop);
  await expect.poll(mailbox, { timeout: 20_000 }).toHaveLength(1);
  await ended(sender, 'SIGKILL');
  expect(row()).toMatchObject({ sentAt: null });

  // The message is its sender's for a lease, so the next one's clock is a minute ahead.
  const clock = clockAhead();
  clock.advance(60_000);
  await using next = await reconcilerOf(shop, { clock });
  const mailer = createMailer(`smtp://127.0.0.1:${shop.smtpPort}`);
  const relay = startOutboxRelay({ ...next.room, mailer, isLeading: () => true });
  await expect.poll(() => row()?.sentAt, { timeout: 10_000 }).toBeGreaterThan(0);
  await relay.stop();
  mailer.close();

  expect(await mailbox()).toMatchObject([{ messageId: row()?.messageId, deliveries: 2 }]);
}, 60_000);
