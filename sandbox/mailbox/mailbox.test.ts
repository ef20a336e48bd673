import { once } from 'node:events';
import { connect } from 'node:net';
import nodemailer from 'nodemailer';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { freshSandbox } from '../testing/fresh-sandbox.ts';

let world: Awaited<ReturnType<typeof freshSandbox>>;
beforeAll(async () => {
  world = await freshSandbox();
});
afterEach(() => world.call('POST', '/reset'));
afterAll(() => world.end());

const mail = {
  from: 'shop@example.com',
  to: 'Ada@example.com',
  subject: 'Order 1 – thank you',
  text: 'Paid: €24.90',
  messageId: '<order-1@shop>',
};

async function send(change: Partial<typeof mail> = {}) {
  const transport = nodemailer.createTransport(`smtp://127.0.0.1:${world.sandbox.smtpPort}`);
  await transport.sendMail({ ...mail, ...change }).finally(() => transport.close());
}

const messages = async (query = '') => (await world.call('GET', `/mailbox${query}`)).body.messages;

test('a message sent twice is shown once, decoded, with its deliveries', async () => {
  await send();
  await send();
  await send({ messageId: '<order-2@shop>', to: 'bob@example.com' });
  expect(await messages('?to=ada@example.com')).toEqual([
    { messageId: '<order-1@shop>', to: 'ada@example.com', subject: mail.subject, text: mail.text, deliveries: 2 },
  ]);
  expect(await messages()).toHaveLength(2);
  await world.restart();
  expect(await messages()).toHaveLength(2);
});

test('a mail server that fails before, fails after or drops its answer shows which', async () => {
  const match = { email: 'ada@example.com' };
  await world.fault({ operation: 'mail.receive', fault: 'error', match });
  await expect(send()).rejects.toMatchObject({ responseCode: 451 });
  expect(await messages()).toEqual([]);
  await world.fault({ operation: 'mail.receive', fault: 'error_after', match });
  await expect(send()).rejects.toMatchObject({ responseCode: 451 });
  expect(await messages()).toMatchObject([{ deliveries: 1 }]);
  await world.fault({ operation: 'mail.receive', fault: 'drop_answer', match });
  await expect(send()).rejects.toThrow();
  expect(await messages()).toMatchObject([{ deliveries: 2 }]);
});

test('a message that is too large is refused and not kept', async () => {
  const text = 'x'.repeat(300 * 1024);
  await expect(send({ text })).rejects.toMatchObject({ responseCode: 552 });
  expect(await rawSend(text)).toMatch(/^552 /m);
  expect(await messages()).toEqual([]);
  await send();
  expect(await messages()).toHaveLength(1);
});

/** A sender that does not say beforehand how much it has. */
async function rawSend(text: string): Promise<string> {
  const socket = connect(world.sandbox.smtpPort, '127.0.0.1').setEncoding('utf8');
  const body = `Subject: large\r\n\r\n${text}\r\n.\r\n`;
  let heard = '';
  for (const line of [
    'EHLO test\r\n',
    'MAIL FROM:<a@example.com>\r\n',
    'RCPT TO:<b@example.com>\r\n',
    'DATA\r\n',
    body,
  ]) {
    const [greeting] = await once(socket, 'data');
    heard += greeting;
    socket.write(line);
  }
  heard += (await once(socket, 'data'))[0];
  socket.destroy();
  return heard;
}
