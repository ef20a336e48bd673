import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import createNext from 'next';
import { DRAIN_MS, endedWithin, onceAskedToEnd } from '#server/drain.ts';
import { readEnv } from '#server/env.ts';
import { answerFetch } from '#server/http/answer-fetch.ts';
import { interfaceAt } from '#server/http/interfaces.ts';
import { answerWith } from '#server/http/node-http.ts';
import { visitOf } from '#server/http/visit.ts';
import { readSession, sessionCookie } from '#server/session.ts';
import { openShop, type Shop } from '#server/shop.ts';
import { startFailure } from '#server/start-failure.ts';
import { shareShop } from '#server/the-shop.ts';

/** A client that takes longer over its headers or its body is a slow loris: a checkout's request is 2 KB. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 15_000;
/** Node looks for connections over their time only so often; its default of 30 s would be the limit itself. */
const TIMEOUT_CHECK_MS = 1_000;

async function main(): Promise<void> {
  const env = readEnv();
  const shop = await openShop(env);
  shareShop({ shop, answer: answerFetch(shop) });
  const next = createNext({ dev: !env.isProduction, port: env.port, hostname: 'localhost' });
  await next.prepare();
  const page = next.getRequestHandler();

  const underWay = new Set<Promise<void>>();
  const server = createServer({ connectionsCheckingInterval: TIMEOUT_CHECK_MS }, (req, res) => {
    const answering = route({ shop, page }, req, res)
      .catch((error: unknown) => {
        shop.log.error({ err: error, path: req.url });
        if (!res.headersSent) res.statusCode = 500;
        res.end();
      })
      .finally(() => underWay.delete(answering));
    underWay.add(answering);
    // Node would keep the connection for 5 s after an answer that leaves during the drain, and the drain with it.
    res.once('finish', () => server.listening || req.socket.destroySoon());
  });
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  // Hot reload talks over a socket of its own; only development has one.
  if (!env.isProduction) server.on('upgrade', next.getUpgradeHandler());

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(env.port, resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : env.port;
  console.log(`shop ready on http://localhost:${port} (pid ${process.pid})`);

  onceAskedToEnd(() => drain({ server, underWay, shop }));
}

interface Delivery {
  readonly shop: Shop;
  readonly page: (req: IncomingMessage, res: ServerResponse) => Promise<void>;
}

async function route({ shop, page }: Delivery, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const handler = interfaceAt(req.url ?? '/', visitOf(shop, req, res));
  if (handler) return answerWith(handler, req, res);
  if (req.headers.accept?.includes('text/html')) giveSession(shop, req, res);
  return page(req, res);
}

/** The session comes with the document, so that the first payment of a visit has one whatever gets lost. */
function giveSession({ sessionKeys }: Shop, req: IncomingMessage, res: ServerResponse): void {
  const session = readSession(req.headers.cookie ?? null, sessionKeys);
  if (session.isNew) res.appendHeader('Set-Cookie', sessionCookie(session.principal, sessionKeys));
}

interface Draining {
  readonly server: ReturnType<typeof createServer>;
  /** A payment goes on when its client has hung up, so the open sockets do not tell what is under way. */
  readonly underWay: ReadonlySet<Promise<void>>;
  readonly shop: Shop;
}

/** No new connections; what is under way may end; then the sockets, the workers and the file are closed. */
async function drain({ server, underWay, shop }: Draining): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve)).then(() => Promise.all(underWay));
  // Ended before anything is waited for; their sockets are idle then.
  shop.closeWatches();
  server.closeIdleConnections();
  await endedWithin(DRAIN_MS, Promise.all([closed, shop.stopWorkers()]));
  server.closeAllConnections();
  await shop.close();
}

main().catch((error: unknown) => {
  console.error(startFailure(error));
  process.exit(1);
});
