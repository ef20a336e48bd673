import Sqlite from 'better-sqlite3';

export interface OrderRow {
  readonly orderId: string;
  readonly orderNumber: string;
  readonly isProtected: 0 | 1;
  readonly status: 'paid' | 'refunded';
  readonly totalMinor: number;
  readonly chargeId: string;
}

export interface PaymentRow {
  readonly attemptId: string;
  readonly idempotencyKey: string | null;
  readonly status: 'live' | 'paid' | 'refused';
}

export interface KeyRow {
  readonly key: string;
  readonly processingState: 'pending' | 'completed' | 'failed';
  readonly statusCode: number | null;
}

/** The shop's database, opened so that it can only be read: a test looks and never helps. */
export class Database {
  readonly #connection: Sqlite.Database;

  constructor(file: string) {
    this.#connection = new Sqlite(file, { readonly: true });
  }

  orders(cartId: string): OrderRow[] {
    return this.#all<OrderRow>(
      `select order_id as orderId, order_number as orderNumber, protected as isProtected, status,
              total_minor as totalMinor, charge_id as chargeId
         from orders where cart_id = ?`,
      cartId,
    );
  }

  payments(cartId: string): PaymentRow[] {
    return this.#all<PaymentRow>(
      `select attempt_id as attemptId, idempotency_key as idempotencyKey, status
         from payments where cart_id = ? order by started_at`,
      cartId,
    );
  }

  keys(cartId: string): KeyRow[] {
    return this.#all<KeyRow>(
      `select key, processing_state as processingState, status_code as statusCode
         from idempotency_keys where json_extract(input, '$.cartId') = ? order by created_at`,
      cartId,
    );
  }

  /** How far the one payment of a cart had come at its last commit. */
  recoveryPoint(cartId: string): string | undefined {
    const [row] = this.#all<{ recoveryPoint: string }>(
      `select recovery_point as recoveryPoint from idempotency_keys where json_extract(input, '$.cartId') = ?`,
      cartId,
    );
    return row?.recoveryPoint;
  }

  confirmations(cartId: string): { messageId: string }[] {
    return this.#all(
      `select message_id as messageId from outbox join orders using (order_id)
        where cart_id = ? and kind = 'order_confirmation'`,
      cartId,
    );
  }

  stock(): Record<string, number> {
    const rows = this.#all<{ sku: string; stock: number }>('select sku, stock from products');
    return Object.fromEntries(rows.map(({ sku, stock }) => [sku, stock]));
  }

  /** What is on the shelf without what was delivered since, plus what payments hold or have bought, read in one statement so that it can be compared. */
  stockAccountedFor(): Record<string, number> {
    const rows = this.#all<{ sku: string; stock: number }>(
      `select sku, stock - delivered + (
         select coalesce(sum(line.value ->> 'quantity'), 0)
           from payments, json_each(payments.lines) as line
          where line.value ->> 'sku' = products.sku and payments.status in ('live', 'paid')
       ) as stock from products`,
    );
    return Object.fromEntries(rows.map(({ sku, stock }) => [sku, stock]));
  }

  close(): void {
    this.#connection.close();
  }

  #all<Row>(query: string, ...values: string[]): Row[] {
    return this.#connection.prepare<string[], Row>(query).all(...values);
  }
}
