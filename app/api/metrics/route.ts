import { toFetch } from '#server/http/http-answer.ts';
import { metrics } from '#server/http/metrics.ts';
import { theShop } from '#server/the-shop.ts';

/** Next stands in front like any proxy, so here only METRICS_TOKEN opens it. */
export async function GET(request: Request): Promise<Response> {
  return toFetch(await metrics(request, { shop: await theShop(), address: 'unknown' }));
}
