import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Database, openDatabase } from './open.ts';
import { listOrders } from './orders.ts';
import { messagesOf } from './outbox.ts';

const ORDERS = 120;

let folder: string;
let database: Database;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'payonce-outbox-'));
  const file = join(folder, 'payonce.db');
  database = openDatabase({ file });
  fill(file);
});

afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

it('shows for each order that is listed all its messages, however many other orders have had since', async () => {
  const orders = await listOrders(database.reader, 'ada');
  const messages = await messagesOf(database.reader, 'ada');
  const confirmed = messages.filter(({ kind }) => kind === 'order_confirmation').map(({ orderId }) => orderId);
  expect(orders).toHaveLength(100);
  expect(confirmed).toEqual(orders.map(({ orderId }) => orderId));
  expect(messages.filter(({ kind }) => kind === 'refund_confirmation')).toHaveLength(100);
});

/** One customer's orders, one a second, each confirmed; then all of them given back, the oldest last. */
function fill(file: string): void {
  const raw = new Sqlite(file);
  raw.exec(`
    CREATE TEMP TABLE n AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${ORDERS}) SELECT i FROM n;
    INSERT INTO payments (attempt_id, principal, cart_id, cart_version, protected, status, payment_method, email, lines,
      subtotal_minor, tax_minor, total_minor, currency, started_at, ended_at)
    SELECT 'a' || i, 'ada', 'c' || i, 1, 1, 'paid', 'pm_card_visa', 'a@example.com', '[]', 100, 0, 100, 'eur', i, i FROM n;
    INSERT INTO orders (order_id, order_number, attempt_id, principal, cart_id, protected, status, lines,
      subtotal_minor, tax_minor, total_minor, currency, payment_method, email, intent_id, charge_id, paid_at)
    SELECT 'o' || i, 'n' || i, 'a' || i, 'ada', 'c' || i, 1, 'refunded', '[]', 100, 0, 100, 'eur', 'pm_card_visa',
      'a@example.com', 'pi' || i, 'ch' || i, i * 1000 FROM n;
    INSERT INTO outbox (kind, order_id, principal, message_id, recipient, subject, body, created_at, next_attempt_at)
    SELECT 'order_confirmation', 'o' || i, 'ada', 'm' || i, 'a@example.com', 's', 'b', i, i FROM n;
    INSERT INTO outbox (kind, order_id, principal, message_id, recipient, subject, body, created_at, next_attempt_at)
    SELECT 'refund_confirmation', 'o' || i, 'ada', 'r' || i, 'a@example.com', 's', 'b', i, i FROM n ORDER BY i DESC;
  `);
  raw.close();
}
