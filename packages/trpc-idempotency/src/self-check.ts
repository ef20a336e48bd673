import { randomUUID } from 'node:crypto';
import { type UnixMs, unixMs } from './record.ts';
import type { ClaimOutcome, Grant, IdempotencyStore } from './store.ts';

/**
 * Boot check: this store, as it is configured here, keeps the promises that everything else stands on. Two claims, of
 * which the second must lose; a lease that ends, after which the key must be claimable and the first grant worthless.
 * It takes no time, as a store is told what time it is, and leaves nothing behind.
 *
 * @param key new for each check, so that processes which start at once do not meet.
 * @throws with the promise that was broken: do not serve. Storage errors as they come.
 */
export async function selfCheck<Tx>(store: IdempotencyStore<Tx>, key: string = randomUUID()): Promise<void> {
  const claim = (now: UnixMs, content = 'a cup') => store.claim(claimOf({ key, now, content }));
  let holder: Grant | undefined;
  try {
    const first = granted(await claim(START), 'a new key can be claimed');
    holder = first;
    expectKind(await claim(START), 'in-progress', 'a second claim of the same key loses');
    expectKind(await claim(START, 'two cups'), 'mismatch', 'other content under the same key is refused');
    expectKind(await claim(unixMs(LEASE_END - 1)), 'in-progress', 'a key is held to the end of its lease');

    const second = granted(await claim(LEASE_END), 'a key is claimable when its lease has ended');
    holder = second;
    expect(second.fencingToken > first.fencingToken, 'fencing tokens grow');
    expect(!(await holds(store, first)), 'a grant that was taken over holds nothing');
    expect(await holds(store, second), 'the newest grant holds its key');
    expect(await store.forget(second), 'a key on which nothing was committed can be forgotten');
    holder = undefined;
    expect((await store.find(second)) === undefined, 'a forgotten key is gone');
  } finally {
    if (holder) await store.forget(holder);
  }
}

/** Any time will do, and one long ago shows in the table for what it is, should a crash leave it there. */
const START = unixMs(Date.UTC(2000, 0, 1));
const LEASE_MS = 1000;
const LEASE_END = unixMs(START + LEASE_MS);

function claimOf({ key, now, content }: { readonly key: string; readonly now: UnixMs; readonly content: string }) {
  return {
    tenant: 'self-check',
    principal: 'self-check',
    operation: 'self-check',
    key,
    requestHash: () => content,
    hashKid: 'self-check',
    schemaVersion: 1,
    input: null,
    requestId: 'self-check',
    now,
    leaseMs: LEASE_MS,
  };
}

const holds = <Tx>(store: IdempotencyStore<Tx>, grant: Grant) => store.transaction((tx) => store.holds(tx, grant));

function granted(claim: ClaimOutcome, promise: string): Grant {
  expect(claim.kind === 'granted', promise);
  return (claim as ClaimOutcome & { kind: 'granted' }).grant;
}

function expectKind(claim: ClaimOutcome, kind: ClaimOutcome['kind'], promise: string): void {
  expect(claim.kind === kind, promise);
}

function expect(kept: boolean, promise: string): void {
  if (!kept) throw new Error(`the idempotency store does not keep its promise that ${promise}`);
}
