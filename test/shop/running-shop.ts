import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { Clock } from '#server/clock.ts';
import { readEnv } from '#server/env.ts';
import { interfaceAt } from '#server/http/interfaces.ts';
import { answerWith } from '#server/http/node-http.ts';
import { visitOf } from '#server/http/visit.ts';
import { openShop, type Shop } from '#server/shop.ts';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';

export interface RunningShop extends AsyncDisposable {
  readonly url: string;
  readonly sandboxUrl: string;
  readonly smtpPort: number;
  /** What the database holds, read through a connection of the test's own. */
  rows<Row = Record<string, unknown>>(sql: string, ...params: readonly unknown[]): Row[];
  stockOf(sku: string): number;
  /** Captured charges in the provider's own ledger. */
  charges(): Promise<Charge[]>;
  /** How all that was made at the provider for a cart stands. */
  intents(cartId: string): Promise<string[]>;
  /** Makes the outside world misbehave; see sandbox/faults. */
  fault(script: Record<string, unknown>): Promise<void>;
  /** How often the faults that stand have struck so far. */
  faultHits(): Promise<number>;
  clearFaults(): Promise<void>;
}

export interface World {
  readonly clock?: Clock;
  /** Whether the provider tells the shop what happened; its clock is the real one. Default false. */
  readonly hasWebhooks?: boolean;
  /** An outside world that was there before the shop and outlives it. Default: one of the shop's own. */
  readonly sandbox?: Sandbox;
  /** Told of the shop before anybody else is. */
  readonly onOpened?: (shop: Shop) => void;
}

/** The whole shop behind real HTTP on a port of its own, with a real provider, tax service and mailbox beside it. */
export async function startShop(
  settings: Record<string, string> = {},
  { clock, hasWebhooks = false, sandbox: given, onOpened }: World = {},
): Promise<RunningShop> {
  const folder = mkdtempSync(join(tmpdir(), 'payonce-shop-'));
  let shop: Shop | undefined;
  const server = createServer((req, res) => {
    const handler = shop && interfaceAt(req.url ?? '/', visitOf(shop, req, res));
    if (handler) void answerWith(handler, req, res);
    else res.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // The provider has to be told where the shop is, and the shop where the provider is: the shop's port comes first.
  const webhookUrl = hasWebhooks ? `${url}/api/webhooks/payments` : undefined;
  const sandbox = given ?? (await startSandbox({ port: 0, smtpPort: 0, file: join(folder, 'sandbox.db'), webhookUrl }));
  const env = readEnv({
    DATABASE_URL: `file:${join(folder, 'payonce.db')}`,
    SANDBOX_PORT: String(sandbox.port),
    SANDBOX_SMTP_PORT: String(sandbox.smtpPort),
    LOG_LEVEL: 'silent',
    RATE_KEYS_PER_MINUTE: '10000',
    RATE_KEYS_PER_MINUTE_PER_ADDRESS: '10000',
    ...settings,
  });
  const opened = await openShop(env, clock);
  onOpened?.(opened);
  shop = opened;
  const reader = new Sqlite(env.databaseFile, { readonly: true });
  async function listed<Row>(what: 'charges' | 'payment_intents'): Promise<Row[]> {
    const headers = { Authorization: 'Bearer sk_test_sandbox' };
    const response = await fetch(`${sandbox.url}/v1/${what}?limit=100`, { headers });
    return ((await response.json()) as { data: Row[] }).data;
  }
  const rows = <Row>(sql: string, ...params: readonly unknown[]) => reader.prepare(sql).all(...params) as Row[];

  return {
    url,
    sandboxUrl: sandbox.url,
    smtpPort: sandbox.smtpPort,
    rows,
    stockOf: (sku) => rows<{ stock: number }>('select stock from products where sku = ?', sku)[0]?.stock ?? Number.NaN,
    async charges() {
      const all = await listed<Charge>('charges');
      return all.filter(({ status }) => status === 'succeeded');
    },
    async intents(cartId) {
      const all = await listed<Pick<Charge, 'status' | 'metadata'>>('payment_intents');
      return all.filter(({ metadata }) => metadata.cart_id === cartId).map(({ status }) => status);
    },
    async fault(script) {
      const response = await fetch(`${sandbox.url}/faults`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(script),
      });
      if (!response.ok) throw new Error(`the sandbox refused the fault: ${await response.text()}`);
    },
    async faultHits() {
      const { faults } = (await (await fetch(`${sandbox.url}/faults`)).json()) as { faults: { hits: number }[] };
      return faults.reduce((sum, { hits }) => sum + hits, 0);
    },
    async clearFaults() {
      await fetch(`${sandbox.url}/faults`, { method: 'DELETE' });
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await opened.close();
      if (!given) await sandbox.close();
      reader.close();
      rmSync(folder, { recursive: true });
    },
  };
}

interface Charge {
  readonly id: string;
  readonly amount: number;
  readonly amount_refunded: number;
  readonly created: number;
  readonly status: string;
  readonly metadata: Record<string, string>;
}
