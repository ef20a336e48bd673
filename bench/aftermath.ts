import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';

const POLL_MS = 10;

/** What a payment leaves to be done after its answer: a mail to send, and the provider's events to take. */
export class Aftermath implements Disposable {
  readonly #shop: Sqlite.Database;
  readonly #sandbox: Sqlite.Database;

  constructor(databaseFile: string) {
    this.#shop = new Sqlite(databaseFile);
    this.#sandbox = new Sqlite(join(dirname(databaseFile), 'sandbox.db'), { readonly: true });
  }

  /** The shelf holds 200; a bench buys more than that. */
  restock(): void {
    this.#shop.exec('UPDATE products SET stock = 1000000');
  }

  async isOver(): Promise<void> {
    const unsent = this.#shop.prepare('SELECT 1 FROM outbox WHERE sent_at IS NULL LIMIT 1').pluck();
    const untaken = this.#sandbox.prepare('SELECT 1 FROM webhook_deliveries LIMIT 1').pluck();
    while (unsent.get() !== undefined || untaken.get() !== undefined) await wait(POLL_MS);
  }

  [Symbol.dispose](): void {
    this.#shop.close();
    this.#sandbox.close();
  }
}
