import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import { manualClock } from '@payonce/trpc-idempotency/testing';
import Sqlite from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { markFailed, markSent } from '#db/outbox.ts';
import { wallClock } from '#server/clock.ts';
import { createMailer, type Mailer } from '#server/mail/mailer.ts';
import { LOOK_AFTER_MS, startOutboxRelay } from '#server/workers/outbox-relay.ts';
import { Customer } from './customer.ts';
import { clockAhead, type Reconciler, reconcilerOf } from './reconciling.ts';
import { type RunningShop, startShop } from './running-shop.ts';

const SECOND_MS = 1_000;

let shop: RunningShop;
let mailer: Mailer;
beforeAll(async () => {
  // Nobody sends but the relays of these tests.
  shop = await startShop({ WORKERS: 'off' });
  mailer = createMailer(`smtp://127.0.0.1:${shop.smtpPort}`);
});
afterEach(() => shop.clearFaults());
afterAll(async () => {
  mailer.close();
  await shop[Symbol.asyncDispose]();
});

/** The mail server behind a door that can be shut for a moment, as by a restart. */
async function mailServerWithDoor() {
  const passing = new Set<Socket>();
  const door = createServer((socket) => {
    const upstream = connect(shop.smtpPort, '127.0.0.1').on('error', () => undefined);
    socket.on('error', () => undefined).on('close', () => upstream.destroy());
    socket.pipe(upstream).pipe(socket);
    passing.add(socket);
  });
  await once(door.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `smtp://127.0.0.1:${(door.address() as AddressInfo).port}`,
    hangUp() {
      for (const socket of passing) socket.destroy();
    },
    close: () => door.close(),
  };
}

/** A customer who has paid, and so a message in the outbox. */
async function written(): Promise<string> {
  const email = `${randomUUID()}@example.com`;
  const customer = new Customer(shop);
  const cartId = await customer.fillCart();
  expect((await customer.pay(randomUUID(), { cartId, email })).status).toBe(200);
  return email;
}

const row = (email: string) =>
  shop.rows<{ attempts: number; nextAttemptAt: number; sentAt: number | null; deadAt: number | null; why: string }>(
    `select attempts, next_attempt_at nextAttemptAt, sent_at sentAt, dead_at deadAt, last_error why
      from outbox where recipient = ?`,
    email,
  )[0];

async function deliveries(email: string): Promise<number> {
  const { messages } = (await (await fetch(`${shop.sandboxUrl}/mailbox?to=${email}`)).json()) as {
    messages: { deliveries: number }[];
  };
  expect(messages.length).toBeLessThanOrEqual(1);
  return messages[0]?.deliveries ?? 0;
}

const refuse = (email: string, times = 0) =>
  shop.fault({ operation: 'mail.receive', fault: 'error', status: 451, times, match: { email } });

function relayOf({ room }: Reconciler, alarms: string[] = [], via = mailer) {
  const relay = startOutboxRelay({
    ...room,
    mailer: via,
    isLeading: () => true,
    alarm: (said) => void alarms.push(said),
  });
  return {
    ...relay,
    /** Spares the test the second until it looks by itself. Resolves when it has looked. */
    async wake() {
      await room.database.write(async (tx) => tx.announce('message-enqueued'));
      await wait(LOOK_AFTER_MS);
      await nextTurn();
    },
  };
}

it('a message whose mail server hangs holds up none that is written after it', async () => {
  await using sender = await reconcilerOf(shop);
  const poison = await written();
  await shop.fault({ operation: 'mail.receive', fault: 'delay', delayMs: 4_000, match: { email: poison } });
  const relay = relayOf(sender);
  await expect.poll(() => shop.faultHits()).toBe(1);
  const good = await written();
  await relay.wake();
  await expect.poll(() => row(good)?.sentAt, { timeout: 10_000 }).toBeGreaterThan(0);
  expect(row(poison)).toMatchObject({ sentAt: null, why: null });
  await relay.stop();
  expect([await deliveries(poison), await deliveries(good)]).toEqual([1, 1]);
});

it('a commit that holds no message makes nobody look for one', async () => {
  await using sender = await reconcilerOf(shop);
  const { database } = sender.room;
  let looks = 0;
  const reader: typeof database.reader = {
    query(...asked) {
      looks += 1;
      return database.reader.query(...asked);
    },
  };
  const relay = startOutboxRelay({
    ...sender.room,
    database: { ...database, reader },
    mailer,
    // The leader would look each second, whatever is committed.
    isLeading: () => false,
    alarm: expect.fail,
  });
  await expect.poll(() => looks).toBe(1);
  await database.write(async () => undefined);
  await wait(5 * LOOK_AFTER_MS);
  expect(looks).toBe(1);
  await database.write(async (tx) => tx.announce('message-enqueued'));
  await expect.poll(() => looks).toBe(2);
  await relay.stop();
});

it('a message that is refused each time is tried ever later, then given up with one alarm, and holds up no other', async () => {
  const poison = await written();
  const clock = manualClock();
  // It stands still: a slow machine must not use up a wait.
  clock.advance(wallClock() - clock());
  await using sender = await reconcilerOf(shop, { clock });
  await refuse(poison);
  const alarms: string[] = [];
  const relay = relayOf(sender, alarms);
  const attempts = (number: number) => expect.poll(() => row(poison)?.attempts).toBe(number);

  const waits: number[] = [];
  for (let attempt = 1; attempt < 20; attempt += 1) {
    await attempts(attempt);
    const waitMs = (row(poison)?.nextAttemptAt ?? 0) - clock();
    waits.push(waitMs / SECOND_MS);
    clock.advance(waitMs - 1);
    await relay.wake();
    expect(row(poison)?.attempts).toBe(attempt);
    clock.advance(1);
    await relay.wake();
  }
  await attempts(20);
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, ...Array<number>(10).fill(300)]);
  expect(row(poison)).toMatchObject({ sentAt: null, deadAt: clock(), why: expect.stringContaining('451') });
  expect(alarms).toEqual([expect.stringContaining('is a dead letter after 20 attempts')]);

  await shop.clearFaults();
  const good = await written();
  clock.advance(24 * 60 * 60 * SECOND_MS);
  await relay.wake();
  await expect.poll(() => deliveries(good)).toBe(1);
  await relay.stop();
  expect(await deliveries(poison)).toBe(0);
  expect(row(poison)?.attempts).toBe(20);
});

it('a kept connection that the mail server has ended meanwhile is no attempt of the message that finds out', async () => {
  await using sender = await reconcilerOf(shop);
  const server = await mailServerWithDoor();
  const ownMailer = createMailer(server.url);
  const relay = relayOf(sender, [], ownMailer);
  for (let message = 1; message <= 2; message += 1) {
    const email = await written();
    await relay.wake();
    await expect.poll(() => row(email)?.sentAt, { timeout: 10_000 }).toBeGreaterThan(0);
    expect(row(email)?.attempts).toBe(1);
    server.hangUp();
  }
  await relay.stop();
  ownMailer.close();
  server.close();
});

it('a sender that slept until another had sent the message changes nothing of it any more', async () => {
  const clock = clockAhead();
  clock.advance(60 * SECOND_MS);
  await using asleep = await reconcilerOf(shop);
  await using awake = await reconcilerOf(shop, { clock });
  const email = await written();
  await shop.fault({ operation: 'mail.receive', fault: 'delay', delayMs: 3_000, match: { email } });
  await refuse(email, 1);
  const first = relayOf(asleep);
  await expect.poll(() => shop.faultHits()).toBe(2);
  const second = relayOf(awake);
  await expect.poll(() => row(email)?.sentAt, { timeout: 10_000 }).toBeGreaterThan(0);
  const sent = row(email);
  await first.stop();
  expect(row(email)).toEqual(sent);
  await second.stop();
  expect(await deliveries(email)).toBe(1);
});

it('a database that is locked for a while is no fault of the message: it is sent afterwards, by its first attempt', async () => {
  await using sender = await reconcilerOf(shop);
  const email = await written();
  const [main] = shop.rows<{ file: string }>('pragma database_list');
  const other = new Sqlite(String(main?.file));
  other.exec('begin immediate');
  const relay = relayOf(sender);
  // Longer than a write waits for a lock, and shorter than two of them.
  await new Promise((resolve) => setTimeout(resolve, 4_000));
  other.exec('rollback');
  other.close();
  await expect.poll(() => row(email)?.sentAt, { timeout: 10_000 }).toBeGreaterThan(0);
  await relay.stop();
  expect(row(email)?.attempts).toBe(1);
  expect(await deliveries(email)).toBe(1);
});

it('a failure that is told after another has sent or tried the message changes nothing of it', async () => {
  await using sender = await reconcilerOf(shop);
  const { database } = sender.room;
  const email = await written();
  const [{ id } = { id: 0 }] = shop.rows<{ id: number }>('select id from outbox where recipient = ?', email);
  const fail = (attempts: number) =>
    database.write((tx) => markFailed(tx, { id, attempts, nextAttemptAt: 1, deadAt: null, lastError: 'late' }));
  expect([await fail(0), await fail(0)]).toEqual([true, false]);
  await database.write((tx) => markSent(tx, { id, sentAt: 2 }));
  expect(await fail(2)).toBe(false);
  expect(row(email)).toMatchObject({ attempts: 2, sentAt: 2, why: null });
});

it('two senders at the same time send each message once', async () => {
  await using one = await reconcilerOf(shop);
  await using other = await reconcilerOf(shop);
  const emails = await Promise.all(Array.from({ length: 30 }, written));
  const relays = [relayOf(one), relayOf(other)];
  await expect.poll(() => emails.filter((email) => row(email)?.sentAt === null), { timeout: 20_000 }).toEqual([]);
  await Promise.all(relays.map((relay) => relay.stop()));
  expect(await Promise.all(emails.map(deliveries))).toEqual(emails.map(() => 1));
  expect(emails.map((email) => row(email)?.attempts)).toEqual(emails.map(() => 1));
});
