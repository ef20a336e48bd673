import type { Operation } from '../faults/fault-script.ts';
import { subjectOf } from '../faults/fault-subject.ts';
import type { Strikes } from '../faults/faults.ts';
import type { Route, SandboxRequest } from '../http/http.ts';
import { unauthenticated } from './authentication.ts';
import type { PaymentOperation } from './call.ts';
import { listCharges, retrieveCharge } from './charges.ts';
import { confirmIntent } from './confirm-intent.ts';
import { createIntent } from './create-intent.ts';
import { listEvents, retrieveEvent } from './events.ts';
import type { createExecutor, Request } from './execute.ts';
import { requestHashOf } from './idempotency.ts';
import { firstReplica, type Ledger, type Replica } from './ledger.ts';
import { cancelIntent, listIntents, retrieveIntent } from './payment-intents.ts';
import { createRefund, listRefunds, retrieveRefund } from './refunds.ts';
import { invalidRequest } from './stripe-error.ts';

/** The part of Stripe's API that the shop uses. */
const api: readonly [method: string, path: string, name: Operation, operation: PaymentOperation][] = [
  ['POST', '/v1/payment_intents', 'payment_intents.create', createIntent],
  ['GET', '/v1/payment_intents', 'payment_intents.list', listIntents],
  ['GET', '/v1/payment_intents/:id', 'payment_intents.retrieve', retrieveIntent],
  ['POST', '/v1/payment_intents/:id/confirm', 'payment_intents.confirm', confirmIntent],
  ['POST', '/v1/payment_intents/:id/cancel', 'payment_intents.cancel', cancelIntent],
  ['GET', '/v1/charges', 'charges.list', listCharges],
  ['GET', '/v1/charges/:id', 'charges.retrieve', retrieveCharge],
  ['POST', '/v1/refunds', 'refunds.create', createRefund],
  ['GET', '/v1/refunds', 'refunds.list', listRefunds],
  ['GET', '/v1/refunds/:id', 'refunds.retrieve', retrieveRefund],
  ['GET', '/v1/events', 'events.list', listEvents],
  ['GET', '/v1/events/:id', 'events.retrieve', retrieveEvent],
];

export function paymentRoutes(ledger: Ledger, execute: ReturnType<typeof createExecutor>): Route[] {
  return api.map(([method, path, name, operation]) => ({
    method,
    path,
    guard: (request) => unauthenticated(request.headers) ?? keyTooLong(request),
    subject: (request) => subjectOf(name, keyOf(request), [request.input, ...namedObjects(ledger, request)]),
    answer: (request, strikes) => execute(operation, read(request, strikes), strikes),
  }));
}

/** How long the second replica takes to hear of the first unless a fault says so. */
const replicaLagMsDefault = 5000;
/** Stripe's own bound. */
const keyLengthMax = 255;

function read(request: SandboxRequest, strikes: Strikes): Request {
  const { method, path, input, requestId } = request;
  const replica = replicaFor(strikes);
  const idempotencyKey = keyOf(request);
  const isKeyed = method === 'POST' && idempotencyKey !== undefined;
  return {
    id: request.id,
    input,
    replica,
    requestId,
    idempotencyKey,
    keyed: isKeyed ? { key: idempotencyKey, replica, requestHash: requestHashOf(method, path, input) } : undefined,
  };
}

function replicaFor(strikes: Strikes): Replica {
  const fault = strikes.get('replica');
  return fault ? { name: 'second', lagMs: fault.delayMs ?? replicaLagMsDefault } : firstReplica;
}

function keyOf({ headers }: SandboxRequest): string | undefined {
  const key = headers['idempotency-key'];
  return typeof key === 'string' && key !== '' ? key : undefined;
}

function keyTooLong(request: SandboxRequest) {
  if ((keyOf(request)?.length ?? 0) <= keyLengthMax) return undefined;
  return invalidRequest(`Idempotency keys may be at most ${keyLengthMax} characters long.`);
}

/** A confirm, a cancel, a refund say nothing of the cart themselves; the objects that they name do. */
function namedObjects(ledger: Ledger, { id, input }: SandboxRequest): unknown[] {
  const named = input as { payment_intent?: unknown; charge?: unknown };
  const ids = [id, named.payment_intent, named.charge].filter((value) => typeof value === 'string' && value !== '');
  return (ids as string[]).map(
    (one) => ledger.get('payment_intent', one, firstReplica) ?? ledger.get('charge', one, firstReplica),
  );
}
