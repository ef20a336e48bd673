import { idempotencyKeys as keys, type Placeholders, statement } from '@payonce/trpc-idempotency/sqlite';
import { and, asc, desc, eq, sql } from 'drizzle-orm';
import type { Queries } from './open.ts';
import { payments, products } from './schema.ts';

/** What a screen shows of each; the newest. */
const LISTED_MAX = 20;

const keysOfCustomer = statement((db, p: Placeholders<{ tenant: string; principal: string }>) =>
  db
    .select({
      key: keys.key,
      operation: keys.operation,
      processingState: keys.processingState,
      recoveryPoint: keys.recoveryPoint,
      leaseExpiresAt: keys.leaseExpiresAt,
      resumeAt: keys.resumeAt,
      fencingToken: keys.fencingToken,
      takeovers: keys.takeovers,
      statusCode: keys.statusCode,
      responseBody: keys.responseBody,
      createdAt: keys.createdAt,
      completedAt: keys.completedAt,
      expiresAt: keys.expiresAt,
    })
    .from(keys)
    .where(and(eq(keys.tenant, p.tenant), eq(keys.principal, p.principal)))
    .orderBy(desc(keys.createdAt))
    .limit(LISTED_MAX)
    .prepare(),
);

const paymentsOfCustomer = statement((db, p: Placeholders<{ principal: string }>) =>
  db
    .select({
      attemptId: payments.attemptId,
      idempotencyKey: payments.idempotencyKey,
      cartId: payments.cartId,
      status: payments.status,
    })
    .from(payments)
    .where(eq(payments.principal, p.principal))
    .orderBy(desc(payments.startedAt))
    .limit(100)
    .prepare(),
);

const hasLive = statement((db, p: Placeholders<{ principal: string }>) =>
  db
    .select({ attemptId: payments.attemptId })
    .from(payments)
    .where(and(eq(payments.principal, p.principal), sql`${payments.status} = 'live'`))
    .limit(1)
    .prepare(),
);

/** One statement, so that all of it is of one moment: a sum over two moments would not add up. */
const balance = statement((db) =>
  db
    .select({
      sku: products.sku,
      name: products.name,
      stock: products.stock,
      delivered: products.delivered,
      sold: sql<number>`coalesce(sold.units, 0)`,
      reserved: sql<number>`coalesce(reserved.units, 0)`,
    })
    .from(products)
    .leftJoin(sql`(${unitsIn('orders', 'paid')}) as sold`, sql`sold.sku = ${products.sku}`)
    .leftJoin(sql`(${unitsIn('payments', 'live')}) as reserved`, sql`reserved.sku = ${products.sku}`)
    .orderBy(asc(products.position))
    .prepare(),
);

function unitsIn(table: 'orders' | 'payments', status: 'paid' | 'live') {
  return sql.raw(`select json_extract(line.value, '$.sku') as sku, sum(json_extract(line.value, '$.quantity')) as units
    from ${table} as ours, json_each(ours.lines) as line where ours.status = '${status}' group by 1`);
}

/** The newest keys of one customer, with their stored answers. */
export async function keysOf(queries: Queries, owner: { tenant: string; principal: string }) {
  return queries.query(keysOfCustomer, owner);
}

/** The newest attempts to pay of one customer. */
export async function paymentsOf(queries: Queries, principal: string) {
  return queries.query(paymentsOfCustomer, { principal });
}

export async function hasLivePayment(queries: Queries, principal: string): Promise<boolean> {
  return (await queries.query(hasLive, { principal })).length > 0;
}

/** Every unit of every product: on the shelf, sold (and not given back), held by an attempt that is not over. */
export async function stockBalance(queries: Queries) {
  return queries.query(balance, {});
}
