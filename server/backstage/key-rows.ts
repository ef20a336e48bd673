import type { keysOf, paymentsOf } from '#db/ledger.ts';
import type { LoggedRequest } from '#db/request-log.ts';
import { keyHash } from '../key-hash.ts';

type StoredKey = Awaited<ReturnType<typeof keysOf>>[number];
type Payment = Awaited<ReturnType<typeof paymentsOf>>[number];
type KeyState = 'pending' | 'completed' | 'quarantined';

interface Beside {
  readonly requests: readonly LoggedRequest[];
  readonly payments: readonly Payment[];
}

export type KeyRow = ReturnType<typeof keyRow>;

/** What a page shows of a key (app/checkout/short-reference.ts), so that a buyer finds their own here. */
const SHOWN_CHARACTERS = 8;

/** Of a key that is shorter than a UUID, its end would be too much of it. */
const SHOWN_FROM_LENGTH = 32;

/** A key as its own customer may see it: all but the key, which would be a way to the answer on somebody's photograph. */
export function keyRow(stored: StoredKey, { requests, payments }: Beside) {
  const { key, responseBody, processingState, operation, recoveryPoint, leaseExpiresAt, ...rest } = stored;
  const hash = keyHash(key);
  const sent = requests.filter((request) => request.keyHash === hash);
  const payment = payments.find(({ idempotencyKey }) => idempotencyKey === key);
  const { resumeAt, fencingToken, takeovers, statusCode, createdAt, completedAt, expiresAt } = rest;
  return {
    /** As the log has it. */
    keyHash: hash,
    keyEnd: key.length < SHOWN_FROM_LENGTH ? null : key.slice(-SHOWN_CHARACTERS),
    operation,
    state: stateOf(processingState),
    recoveryPoint,
    /** Null when no run holds it. */
    leaseExpiresAt,
    /** From when on it is carried on without its client, after it was given back. */
    resumeAt,
    fencingToken,
    takeovers,
    requestsSeen: sent.length,
    replaysServed: sent.filter(({ verdict }) => verdict === 'replayed').length,
    firstSeenAt: createdAt,
    lastSeenAt: sent.reduce((last, { receivedAt }) => Math.max(last, receivedAt), createdAt as number),
    completedAt,
    expiresAt,
    answer: responseBody && { statusCode, ...responseBody },
    payment: payment ? { attemptId: payment.attemptId, cartId: payment.cartId, status: payment.status } : null,
  };
}

function stateOf(processingState: StoredKey['processingState']): KeyState {
  return processingState === 'failed' ? 'quarantined' : processingState;
}
