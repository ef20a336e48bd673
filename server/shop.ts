import { idempotentPlugin } from '@payonce/trpc-idempotency/trpc';
import type { Logger } from 'pino';
import { listProducts, type Product } from '#db/catalog.ts';
import type { Database } from '#db/open.ts';
import { openBackstage } from './backstage/open-backstage.ts';
import { scenarioTools } from './backstage/scenario-tools.ts';
import { NewKeyLimit } from './checkout/new-key-limit.ts';
import { type Clock, wallClock } from './clock.ts';
import { DRAIN_MS, endedWithin } from './drain.ts';
import { openEngineRoom } from './engine-room.ts';
import type { Env } from './env.ts';
import { isReason, shopError } from './errors.ts';
import { keyedPost } from './http/plain/keyed-post.ts';
import type { Resources } from './http/plain/resource.ts';
import { createResources } from './http/plain/resources.ts';
import { type ReplaysAtTheDoor, replaysAtTheDoor } from './http/replays-at-the-door.ts';
import type { Metrics } from './metrics/metrics.ts';
import type { Tell } from './metrics/tell.ts';
import { createWebhookInbox, type WebhookInbox } from './payments/webhook-inbox.ts';
import { type AppRouter, createAppRouter } from './root.ts';
import { startWorkers } from './workers/start-workers.ts';

/** The shop, put together and running. What delivery needs of it, and how to stop it. */
export interface Shop {
  readonly env: Env;
  readonly database: Database;
  readonly router: AppRouter;
  readonly resources: Resources;
  readonly webhooks: WebhookInbox;
  /** What the shelf holds now, for a page that is sent with it. */
  shelf(): Promise<readonly Product[]>;
  readonly sessionKeys: readonly Buffer[];
  readonly newKeys: NewKeyLimit;
  readonly replays: ReplaysAtTheDoor;
  readonly log: Logger;
  /** Ends the streams, which have no end of their own. The rest of the shop goes on. */
  closeWatches(): void;
  /** Resolves when what they had under way has ended, or can be waited for no longer. */
  stopWorkers(): Promise<void>;
  readonly metrics: Metrics;
  readonly tell: Tell;
  close(): Promise<void>;
}

export async function openShop(env: Env, clock: Clock = wallClock): Promise<Shop> {
  const scenarios = scenarioTools(env);
  const room = await openEngineRoom(env, {
    clock,
    onEvent({ kind, principal, requestId }) {
      if (kind === 'resumed') requestLog.resumes(requestId);
      backstage.happenings.tell(principal);
    },
    ...(env.isDemo && { aroundProvider: scenarios.crash.around }),
  });
  const { database, provider, engine, pay, createInvoice, log, metrics, tell } = room;
  const backstage = openBackstage({ database, clock, provider, mailboxUrl: env.mailboxUrl });
  const { requestLog } = backstage;
  const router = createAppRouter({
    ...room,
    ...backstage,
    ...scenarios,
    sessionKeys: room.secrets.sessionKeys,
    reader: database.reader,
    isDemo: env.isDemo,
    idempotent: idempotentPlugin({
      engine,
      waitMs: env.waitMs,
      toError: (reason, details) => shopError(isReason(reason) ? reason : 'internal', details),
    }),
  });
  const workers = env.workers === 'inline' ? startWorkers(room) : undefined;
  let stopped: Promise<void> | undefined;
  const stopWorkers = () => {
    stopped ??= workers ? endedWithin(DRAIN_MS, workers.stop()) : Promise.resolve();
    return stopped;
  };

  return {
    env,
    database,
    router,
    resources: createResources({
      database,
      clock,
      requestLog,
      pay,
      createInvoice,
      keyed: keyedPost(engine, env.waitMs),
    }),
    webhooks: createWebhookInbox({
      engine,
      database,
      clock,
      secret: env.webhookSecret,
      operation: pay.name,
      carryOn: (key) => workers?.carryOn(key),
    }),
    shelf: () => listProducts(database.reader),
    sessionKeys: room.secrets.sessionKeys,
    log,
    metrics,
    tell,
    newKeys: new NewKeyLimit({ perCustomer: env.keysPerMinute, perAddress: env.keysPerMinutePerAddress }, clock),
    replays: replaysAtTheDoor({ operation: pay.name, requestLog, tell, clock }),
    closeWatches: () => backstage.watches.close(),
    stopWorkers,
    async close() {
      backstage.watches.close();
      await stopWorkers();
      await room.drain();
      await requestLog.flush();
      await room.close();
    },
  };
}
