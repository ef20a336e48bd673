import { createTransport } from 'nodemailer';
import { DUE_MAX } from '#db/outbox.ts';

interface Mail {
  readonly messageId: string;
  readonly recipient: string;
  readonly subject: string;
  readonly body: string;
}

export interface Mailer {
  /** Resolves when the mail server has taken the message; rejects when it has not, or when that is not known. */
  send(mail: Mail): Promise<void>;
  /** Ends the connections, and what is still being sent over them: it may have been taken or not. */
  close(): void;
}

/** For each step of an attempt. However long it takes, the message is its sender's: the lease is renewed meanwhile. */
const TIMEOUT_MS = 10_000;

/** A connection that nobody uses is given back with a word, before its silence would count as a fault. */
const IDLE_MS = TIMEOUT_MS / 2;

/**
 * Messages under way at a time, each on a connection of its own: one that hangs keeps one, and the others go on. Those
 * under way are due too: half of what one look at the outbox takes, so that it leaves a full set of others.
 */
export const SENDS_MAX = DUE_MAX / 2;

const SENDER = 'Payonce <orders@payonce.example>';

export function createMailer(smtpUrl: string): Mailer {
  const { hostname, port, protocol, username, password } = new URL(smtpUrl);
  const transport = createTransport({
    // To connect and to greet costs more than a message does.
    pool: true,
    maxConnections: SENDS_MAX,
    // What fails is tried again by the outbox, with its waits.
    maxRequeues: 0,
    idleTimeout: IDLE_MS,
    host: hostname,
    port: port === '' ? undefined : Number(port),
    secure: protocol === 'smtps:',
    auth: username === '' ? undefined : { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ messageId, recipient, subject, body }) {
      await transport.sendMail({ messageId, from: SENDER, to: recipient, subject, text: body });
    },
    close: () => transport.close({ force: true }),
  };
}
