import type { Shop } from '../shop.ts';
import { handleTrpc, TRPC_ENDPOINT } from './handle-trpc.ts';
import { health } from './health.ts';
import { handlePlain } from './plain/handle-plain.ts';
import { resourceAt } from './plain/resource.ts';
import { handleWebhook } from './webhook.ts';

export type Handler = (request: Request) => Promise<Response>;

/** What answers at a path of the shop's interfaces; undefined for a page. */
export function interfaceAt(
  path: string,
  visit: { readonly shop: Shop; readonly address: string },
): Handler | undefined {
  if (path.startsWith(`${TRPC_ENDPOINT}/`)) return (request) => handleTrpc(request, visit);
  if (path === '/api/health') return () => health(visit.shop);
  if (path === '/api/webhooks/payments') return (request) => handleWebhook(request, visit.shop);
  if (resourceAt(path, visit.shop.resources)) return (request) => handlePlain(request, visit);
  return undefined;
}
