import type { SandboxDatabase } from '../database.ts';
import type { Strikes } from '../faults/faults.ts';
import { delayMsDefault, failure } from '../faults/under-faults.ts';
import type { Reply } from '../http/reply.ts';
import type { Webhooks } from '../webhooks/webhooks.ts';
import { isReply, newId, type PaymentCall, type PaymentOperation } from './call.ts';
import type { IdempotencyKeys, KeyedRequest } from './idempotency.ts';
import type { Ledger } from './ledger.ts';
import type { Charge, Event, EventType, PaymentIntent, Refund } from './objects.ts';
import { stripeError } from './stripe-error.ts';

export interface ExecutorOptions {
  readonly database: SandboxDatabase;
  readonly ledger: Ledger;
  readonly keys: IdempotencyKeys;
  readonly webhooks: Webhooks;
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

/** A call before it is told how to note events. */
export type Request = Pick<PaymentCall, 'id' | 'input' | 'replica' | 'requestId' | 'idempotencyKey'> & {
  /** Present where a key is to be honoured. */
  readonly keyed: KeyedRequest | undefined;
};

/**
 * Runs an operation: replay or refuse by its key, validate, wait for the bank, then effect, events and stored result in
 * one transaction. A process that dies before that commit has done nothing at all, and holds no key at its next start.
 */
export function createExecutor({ database, ledger, keys, webhooks, now, sleep }: ExecutorOptions) {
  const locked = new Set<string>();

  return async (operation: PaymentOperation, request: Request, strikes: Strikes): Promise<Reply> =>
    withAdvice(await execute(operation, request, strikes));

  async function execute(operation: PaymentOperation, request: Request, strikes: Strikes): Promise<Reply> {
    const { keyed } = request;
    if (keyed && strikes.has('forget_keys')) keys.forget(keyed.key);
    const known = keyed && keys.known(keyed);
    if (known) return known;

    const events: Event[] = [];
    const nowSeconds = () => Math.floor(now() / 1000);
    const call: PaymentCall = {
      ...request,
      ledger,
      nowSeconds,
      emit: (type, object) => {
        events.push(newEvent({ type, object, request, created: nowSeconds() }));
      },
    };
    const prepared = operation(call);
    if (isReply(prepared)) return prepared;
    const lock = prepared.locks && `${request.replica.name} ${prepared.locks}`;
    if (lock && locked.has(lock)) return lockTimeout();

    if (keyed) keys.claim(keyed);
    if (lock) locked.add(lock);
    try {
      const workMs = (prepared.bankMs ?? 0) + slowedByMs(strikes);
      if (workMs > 0) await sleep(workMs);
      const reply = database.transaction(() => {
        const error = strikes.get('error');
        const done = error ? failure(error) : prepared.run();
        const errorAfter = strikes.get('error_after');
        const result = errorAfter ? failure(errorAfter) : done;
        for (const event of events) ledger.put('event', event, request.replica);
        webhooks.schedule(events, strikes);
        if (keyed) keys.save(keyed, request.requestId, result);
        return result;
      })();
      void webhooks.wake();
      return reply;
    } finally {
      if (keyed) keys.release(keyed);
      if (lock) locked.delete(lock);
    }
  }
}

/** Stripe tells its clients which errors will be another answer next time: only those that waited for somebody else. */
function withAdvice(reply: Reply): Reply {
  if (reply.status < 400) return reply;
  const shouldRetry = reply.status === 409 || reply.status === 429;
  return { ...reply, headers: { 'Stripe-Should-Retry': String(shouldRetry), ...reply.headers } };
}

function slowedByMs(strikes: Strikes): number {
  const delay = strikes.get('delay_work');
  return delay ? (delay.delayMs ?? delayMsDefault) : 0;
}

interface NewEvent {
  readonly type: EventType;
  readonly object: PaymentIntent | Charge | Refund;
  readonly request: Request;
  /** Seconds since 1970. */
  readonly created: number;
}

function newEvent({ type, object, request, created }: NewEvent): Event {
  return {
    id: newId('evt'),
    object: 'event',
    api_version: null,
    created,
    data: { object },
    livemode: false,
    pending_webhooks: 1,
    request: { id: request.requestId, idempotency_key: request.idempotencyKey ?? null },
    type,
  };
}

/** What Stripe says when two requests want to change one object at the same time. */
function lockTimeout(): Reply {
  return stripeError(429, {
    type: 'invalid_request_error',
    code: 'lock_timeout',
    message: 'This object cannot be accessed right now because another API request is currently accessing it.',
  });
}
