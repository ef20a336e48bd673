import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEngine, defineOperation, settled } from '@payonce/trpc-idempotency';
import { createSqliteStore } from '@payonce/trpc-idempotency/sqlite';
import { putInvoice } from '#db/invoices.ts';
import type { Tx } from '#db/open.ts';
import { loggedProcedure } from '#server/backstage/logged-procedure.ts';
import { RequestLog } from '#server/backstage/request-log.ts';
import { payInput } from '#server/checkout/schema.ts';
import { wallClock } from '#server/clock.ts';
import { readEnv } from '#server/env.ts';
import { interfaceAt } from '#server/http/interfaces.ts';
import { answerWith } from '#server/http/node-http.ts';
import { keyedPost } from '#server/http/plain/keyed-post.ts';
import { invoiceContent } from '#server/invoices/schema.ts';
import { openShop, type Shop } from '#server/shop.ts';
import { router } from '#server/trpc.ts';

/**
 * The shop with two things that only a bench needs: `bench.nothing`, a mutation with the session, log and input check
 * of `checkout.pay` that then does nothing, and `POST /api/records`, which writes the row of `PUT /api/invoices` under
 * a key. Started as a process of its own; its address is its first line.
 */
const shop = await openShop(readEnv());
const benched: Shop = { ...shop, router: withNothing(shop), resources: { ...shop.resources, records: records(shop) } };

const server = createServer((req, res) => {
  const handler = interfaceAt(req.url ?? '/', { shop: benched, address: req.socket.remoteAddress ?? 'unknown' });
  if (handler) void answerWith(handler, req, res);
  else res.writeHead(404).end();
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
process.once('SIGTERM', () => {
  server.closeAllConnections();
  server.close();
  void shop.close();
});

function withNothing({ router: { _def }, database }: Shop): Shop['router'] {
  // As long as the answer that a replay sends.
  const answer = {
    orderId: '00000000-0000-4000-8000-000000000000',
    orderNumber: 'PO-0000-0000',
    status: 'paid',
    totalMinor: 2490,
    currency: 'eur',
    chargeId: 'ch_000000000000000000000000',
    paidAt: 1_700_000_000_000,
  };
  const nothing = loggedProcedure(new RequestLog(database))
    .input(payInput)
    .mutation(() => answer);
  // More than the shop's router, so all that knows the shop's can use it.
  return router({ ..._def.record, bench: router({ nothing }) }) as unknown as Shop['router'];
}

function records({ database }: Shop): Shop['resources'][string] {
  const engine = createEngine({
    store: createSqliteStore<Tx>({
      write: (job, durability) => database.write(job, durability),
      reader: database.reader,
    }),
    hashKeys: [{ kid: 'bench', secret: 'no secret: the bench has none' }],
    clock: wallClock,
  });
  const record = defineOperation<Tx, typeof invoiceContent, { number: string }>({
    name: 'records.create',
    version: 1,
    input: invoiceContent,
    run: (content, { principal, idempotencyKey, finish }) =>
      finish(async (tx) => {
        const number = idempotencyKey;
        await putInvoice(tx, { principal, number }, { ...content, updatedAt: wallClock() });
        return settled({ number });
      }),
  });
  return { all: { POST: keyedPost(engine)(record) } };
}
