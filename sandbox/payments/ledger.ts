import type { Statement } from 'better-sqlite3';
import type { SandboxDatabase } from '../database.ts';
import type { Charge, Event, PaymentIntent, Refund } from './objects.ts';

/** Which copy of the provider answers, and how long it takes to hear of what the other copies did. */
export interface Replica {
  readonly name: string;
  readonly lagMs: number;
}

/** The one that answers unless a fault says otherwise. */
export const firstReplica: Replica = { name: 'first', lagMs: 0 };

export interface LedgerObjects {
  payment_intent: PaymentIntent;
  charge: Charge;
  refund: Refund;
  event: Event;
}
export type Kind = keyof LedgerObjects;

export interface LedgerQuery {
  /** 1 to 100. */
  readonly limit: number;
  readonly startingAfter?: string;
  readonly transferGroup?: string;
  readonly paymentIntent?: string;
  readonly charge?: string;
  readonly type?: string;
  /** Seconds since 1970, both ends included. */
  readonly createdFrom?: number;
  readonly createdTo?: number;
}

export type Ledger = ReturnType<typeof createLedger>;

/** Every object the provider keeps, seen as one replica sees it at one moment. */
export function createLedger(database: SandboxDatabase, now: () => number) {
  const insert = database.prepare(`
    INSERT INTO ledger (position, id, kind, created, transfer_group, payment_intent, charge, body, is_shared, replica,
                        written_at, lag_ms)
    VALUES (coalesce((SELECT position FROM ledger WHERE id = @id LIMIT 1), (SELECT coalesce(max(seq), 0) + 1 FROM ledger)),
            @id, @kind, @created, @transferGroup, @paymentIntent, @charge, @body,
            @kind <> 'payment_intent' OR NOT EXISTS (SELECT 1 FROM ledger WHERE id = @id), @replica, @writtenAt, @lagMs)`);
  const byId = database.prepare(`
    SELECT body FROM ledger seen WHERE id = @id AND kind = @kind AND ${ledgerVisible('seen')} ORDER BY seq DESC LIMIT 1`);
  const positionOf = database.prepare(`SELECT position FROM ledger WHERE id = @id AND kind = @kind LIMIT 1`).pluck();
  const pages = new Map<string, Statement>();

  /** Only what is asked for stands in the query: SQLite finds no index for a filter that may be absent. */
  function pageOf(query: LedgerQuery): Statement {
    const conditions = Object.entries(filters).flatMap(([name, sql]) => (name in query ? [sql] : []));
    const known = pages.get(conditions.join());
    if (known) return known;
    const page = database.prepare(`
      SELECT body FROM ledger seen WHERE ${['kind = @kind', ...conditions].join(' AND ')}
        AND seq = (SELECT max(seq) FROM ledger newest WHERE newest.id = seen.id AND ${ledgerVisible('newest')})
      ORDER BY position DESC LIMIT @rows`);
    pages.set(conditions.join(), page);
    return page;
  }

  return {
    put<K extends Kind>(kind: K, object: LedgerObjects[K], replica: Replica): void {
      insert.run({
        id: object.id,
        kind,
        created: object.created,
        transferGroup: idIn(object, 'transfer_group'),
        paymentIntent: idIn(object, 'payment_intent'),
        charge: idIn(object, 'charge'),
        body: JSON.stringify(object),
        replica: replica.name,
        writtenAt: now(),
        lagMs: replica.lagMs,
      });
    },

    get<K extends Kind>(kind: K, id: string, replica: Replica): LedgerObjects[K] | undefined {
      const row = byId.get({ id, kind, ...sight(replica, now()) }) as { body: string } | undefined;
      return row && JSON.parse(row.body);
    },

    has(kind: Kind, id: string): boolean {
      return positionOf.get({ id, kind }) !== undefined;
    },

    /** Newest first. */
    list<K extends Kind>(
      kind: K,
      query: LedgerQuery,
      replica: Replica,
    ): { data: LedgerObjects[K][]; hasMore: boolean } {
      const rows = pageOf(query).all({
        ...query,
        kind,
        before: query.startingAfter && positionOf.get({ id: query.startingAfter, kind }),
        // One more than asked for, which tells whether there is another page.
        rows: query.limit + 1,
        ...sight(replica, now()),
      }) as { body: string }[];
      const data = rows.slice(0, query.limit).map((row) => JSON.parse(row.body) as LedgerObjects[K]);
      return { data, hasMore: rows.length > query.limit };
    },
  };
}

const filters: Record<Exclude<keyof LedgerQuery, 'limit'>, string> = {
  startingAfter: 'position < @before',
  transferGroup: 'transfer_group = @transferGroup',
  paymentIntent: 'payment_intent = @paymentIntent',
  charge: 'charge = @charge',
  type: "body ->> '$.type' = @type",
  createdFrom: 'created >= @createdFrom',
  createdTo: 'created <= @createdTo',
};

/**
 * Money is booked in one ledger, whichever replica moved it, and every replica knows that an intent was made. What
 * became of the intent it learns when the lag has passed, which is how two replicas can charge for the same one.
 */
function ledgerVisible(alias: string): string {
  return `(${alias}.is_shared OR ${visible(alias)})`;
}

/** The condition under which a replica knows a row: its own, or one whose lag, or the reader's, has passed. */
export function visible(alias: string): string {
  return `(${alias}.replica = @reader OR ${alias}.written_at + max(${alias}.lag_ms, @readerLagMs) <= @now)`;
}

export function sight(replica: Replica, now: number) {
  return { reader: replica.name, readerLagMs: replica.lagMs, now };
}

function idIn(object: object, field: string): string | null {
  const value = (object as Record<string, unknown>)[field];
  return typeof value === 'string' ? value : null;
}
