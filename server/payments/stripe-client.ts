import Stripe from 'stripe';

export interface StripeAccount {
  readonly secretKey: string;
  readonly apiBase: string;
}

/** The provider's deadline. The lease is kept alive meanwhile, and a drain waits a little longer than this. */
export const PROVIDER_TIMEOUT_MS = 8_000;

/**
 * How long the provider remembers the keys we send. Stripe may forget one "after it's at least 24 hours old"
 * (docs.stripe.com/api/idempotent_requests).
 */
export const PROVIDER_KEY_LIFE_MS = 24 * 60 * 60 * 1000;

/** The official client, which sends each request once. */
export function stripeClient({ secretKey, apiBase }: StripeAccount): Stripe {
  const base = new URL(apiBase);
  return new Stripe(secretKey, {
    host: base.hostname,
    port: base.port || (base.protocol === 'https:' ? 443 : 80),
    protocol: base.protocol === 'https:' ? 'https' : 'http',
    // Questions are asked again by `askingAgain`; for all else the payment decides, with a look at what has happened.
    maxNetworkRetries: 0,
    httpClient: withoutHiddenResend(),
    timeout: PROVIDER_TIMEOUT_MS,
    telemetry: false,
  });
}

/** Even with no retries the official client sends once more when a socket is cut, which it knows by these codes. */
function withoutHiddenResend() {
  const client = Stripe.createNodeHttpClient();
  const makeRequest = client.makeRequest.bind(client);
  client.makeRequest = (...request: Parameters<typeof makeRequest>) =>
    makeRequest(...request).catch((cause: Error & { code?: string }) => {
      const isCut = cause.code === 'ECONNRESET' || cause.code === 'EPIPE';
      throw isCut ? new Error(cause.message, { cause }) : cause;
    });
  return client;
}
