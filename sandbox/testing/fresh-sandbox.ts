import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Stripe from 'stripe';
import { type Sandbox, type SandboxOptions, startSandbox } from '../sandbox.ts';

/** A sandbox of a test's own on free ports, the official client for it, and a way to script its faults. */
export async function freshSandbox(options: Partial<SandboxOptions> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
  const file = join(folder, 'sandbox.db');
  let sandbox = await startSandbox({ port: 0, smtpPort: 0, file, ...options });

  async function call(method: string, path: string, body?: unknown) {
    const answer = await fetch(`${sandbox.url}${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
    });
    return { status: answer.status, headers: answer.headers, body: await answer.json() };
  }

  return {
    folder,
    file,
    get sandbox(): Sandbox {
      return sandbox;
    },
    get stripe() {
      return stripeFor(sandbox.port);
    },
    call,
    fault: (script: Record<string, unknown>) => call('POST', '/faults', script),
    /** The same world after a stop. */
    async restart() {
      await sandbox.close();
      sandbox = await startSandbox({ port: 0, smtpPort: 0, file, ...options });
    },
    async end() {
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function stripeFor(port: number, secretKey = 'sk_test_sandbox'): Stripe {
  return new Stripe(secretKey, { host: '127.0.0.1', port, protocol: 'http', maxNetworkRetries: 0, timeout: 8000 });
}

export const aPayment = {
  amount: 2490,
  currency: 'eur',
  allowed_payment_method_types: ['card'],
  payment_method: 'pm_card_visa',
  transfer_group: 'customer-1',
  metadata: { cart_id: 'cart-1', attempt_id: 'attempt-1' },
} satisfies Stripe.PaymentIntentCreateParams;

/** The error that a call failed with, to be looked at; a call that succeeds is a failure of the test. */
export async function errorOf(call: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  const outcome = await call.then(
    () => undefined,
    (error) => error,
  );
  if (!outcome) throw new Error('The call was expected to fail.');
  return outcome;
}
