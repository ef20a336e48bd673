import type { IncomingHttpHeaders } from 'node:http';
import { type Reply, refusal } from './reply.ts';

/**
 * Turns web pages away. Any page a browser shows can send requests to a port of its own machine, or reach it under a
 * name of its choosing, and whoever speaks to this one can rewrite the world. The shop and its tests are no pages.
 */
export function refusedCaller(headers: IncomingHttpHeaders): Reply | undefined {
  const { host = '', origin, 'sec-fetch-site': site = 'none' } = headers;
  if (!localName.test(host)) return refusal(403, `The sandbox does not answer to the name ${host}.`);
  if (site !== 'none' && site !== 'same-origin') return refusal(403, 'The sandbox does not answer to web pages.');
  if (origin !== undefined && origin !== `http://${host}`)
    return refusal(403, 'The sandbox does not answer to web pages.');
  return undefined;
}

const localName = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;
