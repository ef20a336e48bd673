import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

export { fencingSequence, idempotencyKeys } from '@payonce/trpc-idempotency/sqlite';
export { intentStates } from './intent-schema.ts';
export { leaderLeases } from './leader-schema.ts';
export { counters, invoices } from './plain-http-schema.ts';
export { instance, reconciliations } from './reconciliation-schema.ts';

/** What a cart, a frozen quote and an order remember of one line. */
export interface Line {
  readonly sku: string;
  readonly quantity: number;
}

/** A line with the price it was quoted at. */
export interface PricedLine extends Line {
  readonly name: string;
  readonly unitAmountMinor: number;
}

/**
 * What is for sale. Stock is what nobody has reserved or bought yet: an attempt to pay takes it and a refusal gives
 * it back. The check is the last line of defence: no bug above it can sell what is not there.
 */
export const products = sqliteTable(
  'products',
  {
    sku: text('sku').primaryKey().notNull(),
    name: text('name').notNull(),
    priceMinor: integer('price_minor').notNull(),
    currency: text('currency').notNull(),
    stock: integer('stock').notNull(),
    /** What deliveries have added since the opening: with it, what is there and what is sold still add up. */
    delivered: integer('delivered').notNull().default(0),
    /** Order on the shelf. */
    position: integer('position').notNull(),
  },
  (table) => [
    check('products_stock_not_negative', sql`${table.stock} >= 0`),
    check('products_price_positive', sql`${table.priceMinor} > 0`),
  ],
);

/**
 * A cart belongs to one customer and its id is chosen by the client. The customer is part of the primary key, so two
 * customers who choose the same id have two carts, and neither learns of the other's.
 */
export const carts = sqliteTable(
  'carts',
  {
    principal: text('principal').notNull(),
    cartId: text('cart_id').notNull(),
    /** Rises with every change of the lines; a payment names the version it was made for. */
    version: integer('version').notNull(),
    lines: text('lines', { mode: 'json' }).$type<readonly Line[]>().notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.principal, table.cartId] }),
    check('carts_version_positive', sql`${table.version} >= 1`),
  ],
);

/**
 * The last version of a cart that was removed. One that is put under its id again goes on from there: a payment or a
 * change that names an older version is not about it.
 */
export const removedCarts = sqliteTable(
  'removed_carts',
  {
    principal: text('principal').notNull(),
    cartId: text('cart_id').notNull(),
    version: integer('version').notNull(),
    removedAt: integer('removed_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.principal, table.cartId] }),
    index('removed_carts_by_age').on(table.removedAt),
  ],
);

/** The first confirm of an attempt. */
export const FIRST_CONFIRM = 1;

/**
 * What one Pay click started. While it is live it holds its stock; it ends as paid or refused and never comes back.
 *
 * The partial unique index is the second line behind the idempotency key: two different keys cannot pay one cart, at
 * the same time or ever. A refusal leaves the index and so frees the cart. Unprotected attempts stand outside it,
 * because they are there to show what happens without protection.
 */
export const payments = sqliteTable(
  'payments',
  {
    /** Random; all keys that we send to the payment provider derive from it. */
    attemptId: text('attempt_id').primaryKey().notNull(),
    principal: text('principal').notNull(),
    cartId: text('cart_id').notNull(),
    cartVersion: integer('cart_version').notNull(),
    /** Null for an unprotected attempt, which has none. */
    idempotencyKey: text('idempotency_key'),
    isProtected: integer('protected', { mode: 'boolean' }).notNull(),
    status: text('status', { enum: ['live', 'paid', 'refused'] }).notNull(),
    paymentMethod: text('payment_method').notNull(),
    email: text('email').notNull(),
    lines: text('lines', { mode: 'json' }).$type<readonly PricedLine[]>().notNull(),
    subtotalMinor: integer('subtotal_minor').notNull(),
    taxMinor: integer('tax_minor').notNull(),
    totalMinor: integer('total_minor').notNull(),
    currency: text('currency').notNull(),
    /** The provider's id. Null for an unprotected attempt, and in rows of a version that asked for it only after them. */
    intentId: text('intent_id'),
    /** Which confirm this is; part of the key sent with it. Rises only when a look-up proved the last one undone. */
    confirmNumber: integer('confirm_number').notNull().default(FIRST_CONFIRM),
    startedAt: integer('started_at').notNull(),
    endedAt: integer('ended_at'),
  },
  (table) => [
    uniqueIndex('payments_one_live_or_paid_per_cart')
      .on(table.principal, table.cartId)
      .where(sql`${table.isProtected} = 1 and ${table.status} in ('live', 'paid')`),
    index('payments_live').on(table.startedAt).where(sql`${table.status} = 'live'`),
    index('payments_by_customer').on(table.principal, table.startedAt),
    check('payments_total_adds_up', sql`${table.totalMinor} = ${table.subtotalMinor} + ${table.taxMinor}`),
    check('payments_ended_iff_not_live', sql`(${table.status} = 'live') = (${table.endedAt} is null)`),
  ],
);

/** A paid order. It is written in the transaction that stores the answer, or not at all. */
export const orders = sqliteTable(
  'orders',
  {
    orderId: text('order_id').primaryKey().notNull(),
    /** What a customer reads out on the telephone. */
    orderNumber: text('order_number').notNull().unique(),
    attemptId: text('attempt_id')
      .notNull()
      .unique()
      .references(() => payments.attemptId),
    principal: text('principal').notNull(),
    cartId: text('cart_id').notNull(),
    isProtected: integer('protected', { mode: 'boolean' }).notNull(),
    status: text('status', { enum: ['paid', 'refunded'] }).notNull(),
    lines: text('lines', { mode: 'json' }).$type<readonly PricedLine[]>().notNull(),
    subtotalMinor: integer('subtotal_minor').notNull(),
    taxMinor: integer('tax_minor').notNull(),
    totalMinor: integer('total_minor').notNull(),
    currency: text('currency').notNull(),
    paymentMethod: text('payment_method').notNull(),
    email: text('email').notNull(),
    intentId: text('intent_id').notNull(),
    chargeId: text('charge_id').notNull().unique(),
    paidAt: integer('paid_at').notNull(),
  },
  (table) => [
    uniqueIndex('orders_one_per_cart').on(table.principal, table.cartId).where(sql`${table.isProtected} = 1`),
    index('orders_by_customer').on(table.principal, table.paidAt),
    check('orders_total_adds_up', sql`${table.totalMinor} = ${table.subtotalMinor} + ${table.taxMinor}`),
  ],
);

/**
 * The money of an order going back. The row is written before the provider is asked, so that no second key asks for the
 * same order, and it is complete when the provider's refund is known.
 */
export const refunds = sqliteTable(
  'refunds',
  {
    orderId: text('order_id')
      .primaryKey()
      .notNull()
      .references(() => orders.orderId),
    startedAt: integer('started_at').notNull(),
    /** The provider's id, once the money is on its way. */
    refundId: text('refund_id').unique(),
    refundedAt: integer('refunded_at'),
    /** Why the provider refuses it, when somebody has to look at it. */
    failure: text('failure'),
  },
  (table) => [check('refunds_dated_iff_made', sql`(${table.refundId} is null) = (${table.refundedAt} is null)`)],
);

/**
 * Messages that must leave because something was committed: written in the same transaction, sent afterwards by the
 * relay, at least once, always under the same Message-ID.
 */
export const outbox = sqliteTable(
  'outbox',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    kind: text('kind', { enum: ['order_confirmation', 'refund_confirmation'] }).notNull(),
    orderId: text('order_id')
      .notNull()
      .references(() => orders.orderId),
    principal: text('principal').notNull(),
    messageId: text('message_id').notNull().unique(),
    recipient: text('recipient').notNull(),
    subject: text('subject').notNull(),
    body: text('body').notNull(),
    createdAt: integer('created_at').notNull(),
    /** Sends that have ended, well or badly. */
    attempts: integer('attempts').notNull().default(0),
    /** Not before this time: the backoff of a message that was not taken. */
    nextAttemptAt: integer('next_attempt_at').notNull(),
    sentAt: integer('sent_at'),
    /** Given up after the last attempt: a dead letter, shown and never silently dropped. */
    deadAt: integer('dead_at'),
    lastError: text('last_error'),
  },
  (table) => [
    uniqueIndex('outbox_one_of_a_kind_per_order').on(table.orderId, table.kind),
    index('outbox_dead').on(table.deadAt).where(sql`${table.deadAt} is not null`),
    index('outbox_due').on(table.nextAttemptAt).where(sql`${table.sentAt} is null and ${table.deadAt} is null`),
  ],
);

/**
 * Each payment request that reached us, with the verdict it got: what the bill and the backstage are drawn from.
 * Buffered and written in batches, so that a replay costs a read and not a commit.
 */
export const requestLog = sqliteTable(
  'request_log',
  {
    requestId: text('request_id').primaryKey().notNull(),
    principal: text('principal').notNull(),
    operation: text('operation').notNull(),
    cartId: text('cart_id'),
    /** First characters of a hash of the key, never the key. */
    keyHash: text('key_hash'),
    /** Which of its attempt's requests this is, by the client's own count; a re-send by the browser repeats it. */
    attempt: integer('attempt'),
    /** executed, replayed, in_use, reused, resumed, refused, … */
    verdict: text('verdict').notNull(),
    httpStatus: integer('http_status').notNull(),
    reason: text('reason'),
    receivedAt: integer('received_at').notNull(),
    durationMs: integer('duration_ms').notNull(),
  },
  (table) => [
    index('request_log_by_customer').on(table.principal, table.receivedAt),
    index('request_log_by_age').on(table.receivedAt),
  ],
);
