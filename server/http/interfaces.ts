import { cuttable } from '../backstage/socket-cut.ts';
import { handleTrpc, TRPC_ENDPOINT } from './handle-trpc.ts';
import { health } from './health.ts';
import type { HttpAnswer } from './http-answer.ts';
import type { HttpRequest } from './http-request.ts';
import { metrics } from './metrics.ts';
import { handlePlain } from './plain/handle-plain.ts';
import { resourceAt } from './plain/resource.ts';
import type { Visit } from './visit.ts';
import { handleWebhook, WEBHOOK_PATH } from './webhook.ts';

export type Handler = (request: HttpRequest) => Promise<HttpAnswer>;

/** What answers at the target of a request line, which is one of the shop's interfaces; undefined for a page. */
export function interfaceAt(target: string, visit: Visit): Handler | undefined {
  const path = pathOf(target);
  if (path.startsWith(`${TRPC_ENDPOINT}/`)) {
    const { shop, cutSocket } = visit;
    return cuttable((request) => handleTrpc(request, visit), { isDemo: shop.env.isDemo, cutSocket });
  }
  if (path === '/api/health') return () => health(visit.shop);
  if (path === '/api/metrics') return (request) => metrics(request, visit);
  if (path === WEBHOOK_PATH) return (request) => handleWebhook(request, visit.shop);
  if (resourceAt(path, visit.shop.resources)) return (request) => handlePlain(request, visit);
  return undefined;
}

/**
 * A path can be written in many ways (`/api/./trpc`, `http://shop/api/trpc`). One that passed for a page would be found
 * by Next, which would open a second shop in this process for it.
 */
function pathOf(target: string): string {
  const [plain] = PLAIN_PATH.exec(target) ?? [];
  if (plain !== undefined) return plain;
  return URL.canParse(target, ANY_ORIGIN) ? new URL(target, ANY_ORIGIN).pathname : target;
}

/** One that can be written in no other way, and so need not be parsed: nearly all of them. */
const PLAIN_PATH = /^(?:\/[\w-]+(?:\.[\w-]+)*)+(?=\?|$)/;

const ANY_ORIGIN = 'http://localhost';
