import { randomUUID } from 'node:crypto';
import PostalMime from 'postal-mime';
import type { SandboxDatabase } from '../database.ts';
import type { Route } from '../http/http.ts';
import { ok } from '../http/reply.ts';

export interface MailboxMessage {
  readonly messageId: string;
  /** Addresses joined by a comma and a space. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** How often it arrived; a sender that cannot know sends again. */
  readonly deliveries: number;
}

export type Mailbox = ReturnType<typeof createMailbox>;

/** Keeps what arrives by mail, decoded, one message per Message-ID. */
export function createMailbox(database: SandboxDatabase) {
  const insert = database.prepare(`
    INSERT INTO messages (message_id, recipients, subject, text, deliveries)
    VALUES (@messageId, @to, @subject, @text, 1)
    ON CONFLICT (message_id) DO UPDATE SET deliveries = deliveries + 1`);
  const forgetOldest = database.prepare(
    `DELETE FROM messages WHERE position <= (SELECT max(position) FROM messages) - ${messagesMax}`,
  );
  const all = database.prepare(`
    SELECT message_id AS messageId, recipients AS "to", subject, text, deliveries FROM messages
    WHERE @address IS NULL OR instr(', ' || recipients || ',', ', ' || @address || ',') > 0
    ORDER BY position`);

  return {
    /** Durable once it returns, so that the sender may be told so. */
    async receive(raw: Buffer, recipients: readonly string[]): Promise<void> {
      const mail = await PostalMime.parse(raw);
      insert.run({
        // One without an id of its own can never be recognised again.
        messageId: mail.messageId ?? `<${randomUUID()}@sandbox>`,
        to: recipients.map((address) => address.toLowerCase()).join(', '),
        subject: mail.subject ?? '',
        text: (mail.text ?? '').trimEnd(),
      });
      forgetOldest.run();
    },

    /** Oldest first. */
    list(address?: string): MailboxMessage[] {
      return all.all({ address: address?.toLowerCase() ?? null }) as MailboxMessage[];
    },
  };
}

/** More than a whole day of demonstrations; without a bound the file of a forgotten sandbox would grow for ever. */
const messagesMax = 10_000;

/** `GET /mailbox`, or `GET /mailbox?to=address` → `{ messages }`. */
export function mailboxRoute(mailbox: Mailbox): Route {
  return {
    method: 'GET',
    path: '/mailbox',
    answer: ({ input }) => {
      const { to } = input as { to?: unknown };
      return ok({ messages: mailbox.list(typeof to === 'string' ? to : undefined) });
    },
  };
}
