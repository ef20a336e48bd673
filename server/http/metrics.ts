import { createHash, timingSafeEqual } from 'node:crypto';
import { AnswerHeaders, type HttpAnswer } from './http-answer.ts';
import type { HttpRequest, RequestHeaders } from './http-request.ts';
import { isLocalVisitor } from './local-visitor.ts';
import type { Visit } from './visit.ts';

/**
 * `GET /api/metrics`. How much a shop sells is nobody's business: with a METRICS_TOKEN whoever brings it as a bearer
 * token is answered, and without one only this machine, and not through a proxy, which would make everybody local.
 * All others are told that there is nothing here.
 */
export async function metrics(
  request: Pick<HttpRequest, 'method' | 'headers'>,
  { shop, address }: Visit,
): Promise<HttpAnswer> {
  const isGet = request.method === 'GET' || request.method === 'HEAD';
  if (!isGet || !mayRead(request.headers, address, shop.env.metricsToken)) {
    return { status: 404, headers: new AnswerHeaders(OUR_HEADERS), body: null };
  }
  const { text, contentType } = await shop.metrics.scrape();
  return { status: 200, headers: new AnswerHeaders({ ...OUR_HEADERS, 'Content-Type': contentType }), body: text };
}

const OUR_HEADERS = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' };

function mayRead(headers: RequestHeaders, address: string, token: string | undefined): boolean {
  if (token !== undefined) return isEqual(headers.get('authorization') ?? '', `Bearer ${token}`);
  return isLocalVisitor(headers, address);
}

/** Hashed, so that two texts of different length take the same time. */
function isEqual(given: string, expected: string): boolean {
  const [a, b] = [given, expected].map((text) => createHash('sha256').update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}
