import type { Database } from '#db/open.ts';
import type { Clock } from '../clock.ts';
import { createMailbox } from '../mail/mailbox.ts';
import type { PaymentProvider } from '../payments/provider.ts';
import { Happenings } from './happenings.ts';
import { OutsideView } from './outside-view.ts';
import { RequestLog } from './request-log.ts';
import { createLook } from './snapshot.ts';
import { Watches } from './watches.ts';

interface BackstageParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly provider: PaymentProvider;
  /** Null when nobody may ask what arrived. */
  readonly mailboxUrl: string | null;
}

/** What looks on while the shop works, and decides nothing. */
export function openBackstage({ database, clock, provider, mailboxUrl }: BackstageParts) {
  const { reader } = database;
  const happenings = new Happenings();
  database.onCommit(() => happenings.tell(null));
  const requestLog = new RequestLog(database, (principal) => happenings.tell(principal));
  const outsideView = new OutsideView({ provider, mailbox: createMailbox(mailboxUrl) }, clock);
  return {
    requestLog,
    happenings,
    watches: new Watches(),
    look: createLook({ reader, requestLog, outsideView, clock }),
  };
}
