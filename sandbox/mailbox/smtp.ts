import type { Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { Faults } from '../faults/faults.ts';
import { underFaults } from '../faults/under-faults.ts';
import { ok } from '../http/reply.ts';
import type { Mailbox } from './mailbox.ts';

interface SmtpOptions {
  readonly mailbox: Mailbox;
  readonly faults: Faults;
  /** Rejects when the sandbox stops. */
  readonly sleep: (ms: number) => Promise<void>;
}

/** A mail server that keeps what it is given. It says so only once the message is on disk. */
export function createSmtp({ mailbox, faults, sleep }: SmtpOptions): SMTPServer {
  const sockets = new Map<number, Socket>();
  const smtp = new SMTPServer({
    name: 'sandbox',
    authOptional: true,
    hideSTARTTLS: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    size: messageBytesMax,
    rejectOversized: true,
    maxClients: 100,
    closeTimeout: 500,
    onData(stream, session, callback) {
      const recipients = session.envelope.rcptTo.map(({ address }) => address);
      const cut = () => sockets.get(session.remotePort)?.destroy();
      read(stream)
        .then((raw) => (raw ? take(raw, recipients) : null))
        .then((outcome) => (outcome === 'cut' ? cut() : callback(outcome)))
        .catch(cut);
    },
  });
  // A client that dies in the middle of a message is no news.
  smtp.on('error', () => undefined);
  smtp.server.on('connection', (socket) => {
    const port = socket.remotePort ?? 0;
    sockets.set(port, socket);
    socket.once('close', () => sockets.delete(port));
  });
  return smtp;

  async function take(raw: Buffer, recipients: readonly string[]): Promise<Error | null | 'cut'> {
    const strikes = faults.strike({
      operation: 'mail.receive',
      transferGroups: [],
      emails: recipients.map((address) => address.toLowerCase()),
      metadata: {},
    });
    const delivery = await underFaults(strikes, sleep, async () => {
      await mailbox.receive(raw, recipients);
      return ok({});
    });
    if (delivery.kind !== 'answered') return 'cut';
    return delivery.reply.status === 200 ? null : tryLater();
  }
}

/** A hundred times the longest that the shop sends. */
const messageBytesMax = 256 * 1024;

/** The whole message, or undefined for one that is too large, which the mail server refuses by itself at its end. */
async function read(stream: AsyncIterable<Buffer>): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes <= messageBytesMax) chunks.push(chunk);
  }
  return bytes <= messageBytesMax ? Buffer.concat(chunks) : undefined;
}

/** 451: the sender is to try again, whether or not the message was kept. */
function tryLater(): Error {
  return Object.assign(new Error('Something went wrong on our side'), { responseCode: 451 });
}
