import { cuttable } from '../backstage/socket-cut.ts';
import { handleTrpc, TRPC_ENDPOINT } from './handle-trpc.ts';
import { health } from './health.ts';
import type { HttpRequest } from './http-request.ts';
import { metrics } from './metrics.ts';
import { handlePlain } from './plain/handle-plain.ts';
import { resourceAt } from './plain/resource.ts';
import type { Visit } from './visit.ts';
import { handleWebhook, WEBHOOK_PATH } from './webhook.ts';

export type Handler = (request: HttpRequest) => Promise<Response>;

/** What answers at a path of the shop's interfaces; undefined for a page. */
export function interfaceAt(path: string, visit: Visit): Handler | undefined {
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
