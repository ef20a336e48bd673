import type { IncomingHttpHeaders } from 'node:http';
import type { Reply } from '../http/reply.ts';
import { stripeError } from './stripe-error.ts';

/** Any secret test key opens the sandbox, as a bearer token or as the user name of basic authentication. */
export function unauthenticated(headers: IncomingHttpHeaders): Reply | undefined {
  const key = secretKey(headers.authorization ?? '');
  if (key?.startsWith('sk_test_')) return undefined;
  const message = key
    ? `Invalid API Key provided: ${key.slice(0, 8)}***`
    : 'You did not provide an API key in the Authorization header.';
  return stripeError(401, { type: 'invalid_request_error', code: 'invalid_api_key', message });
}

function secretKey(authorization: string): string | undefined {
  const [scheme = '', value = ''] = authorization.split(' ');
  switch (scheme.toLowerCase()) {
    case 'bearer':
      return value;
    case 'basic':
      return Buffer.from(value, 'base64').toString('utf8').split(':')[0];
    default:
      return undefined;
  }
}
