import { Gauge, type Registry } from 'prom-client';

/** How much waits, and for how long. Counts stop at a bound: past it there is trouble enough to know of. */
export interface ShopState {
  readonly outboxWaiting: number;
  readonly outboxOldestAgeMs: number;
  readonly deadLetters: number;
  readonly liveAttempts: number;
  readonly liveAttemptsOldestAgeMs: number;
  readonly quarantinedKeys: number;
  readonly databaseBytes: number;
  readonly walBytes: number;
  readonly isTaxBreakerOpen: boolean;
}

export type ReadState = () => Promise<ShopState>;

/** Each gauge by its name: what it says, and what it is read from. */
const GAUGES: Readonly<Record<string, { readonly help: string; readonly value: (state: ShopState) => number }>> = {
  payonce_outbox_waiting: { help: 'E-mails not sent yet.', value: (state) => state.outboxWaiting },
  payonce_outbox_oldest_age_seconds: {
    help: 'Age of the oldest e-mail that is not sent yet; 0 for none.',
    value: (state) => state.outboxOldestAgeMs / 1000,
  },
  payonce_outbox_dead_letters: { help: 'E-mails given up.', value: (state) => state.deadLetters },
  payonce_attempts_live: {
    help: 'Payments that hold stock and have no end yet.',
    value: (state) => state.liveAttempts,
  },
  payonce_attempts_oldest_age_seconds: {
    help: 'Age of the oldest payment without an end; 0 for none.',
    value: (state) => state.liveAttemptsOldestAgeMs / 1000,
  },
  payonce_keys_quarantined: { help: 'Keys that nobody tries any more.', value: (state) => state.quarantinedKeys },
  payonce_database_bytes: { help: 'Size of the database file.', value: (state) => state.databaseBytes },
  payonce_wal_bytes: { help: 'Size of its write-ahead log.', value: (state) => state.walBytes },
  payonce_tax_breaker_open: {
    help: '1 while the tax service is not asked.',
    value: (state) => Number(state.isTaxBreakerOpen),
  },
};

/** Gauges that are read when they are asked for. A database that cannot be read costs its gauges and not the others. */
export function createStateGauges(registers: Registry[], readState: ReadState): () => Promise<void> {
  const gauges = Object.entries(GAUGES).map(([name, { help, value }]) => {
    return { value, gauge: new Gauge({ name, help, registers }) };
  });
  const readable = new Gauge({
    name: 'payonce_state_readable',
    help: '0 when the database could not be read for this scrape, and its gauges are missing.',
    registers,
  });
  return async () => {
    const state = await readState().catch(() => undefined);
    readable.set(state ? 1 : 0);
    for (const { gauge, value } of gauges) {
      if (state) gauge.set(value(state));
      else gauge.remove();
    }
  };
}
