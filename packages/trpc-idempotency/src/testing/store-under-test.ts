import assert from 'node:assert/strict';
import { type FinalOutcome, type StoredAnswer, unixMs } from '../record.ts';
import type { AbandonedSearch, ClaimOutcome, ClaimRequest, Grant, IdempotencyStore } from '../store.ts';
import { type ManualClock, manualClock } from './manual-clock.ts';

/** An empty store, and one kind of effect that its transactions can carry. */
export interface StoreUnderTest<Tx> {
  readonly store: IdempotencyStore<Tx>;
  /** Writes a number under a name, inside the transaction. */
  putEffect(tx: Tx, name: string, value: number): Promise<void>;
  /** What is committed under that name, seen from outside any transaction. */
  effect(name: string): Promise<number | undefined>;
  close(): Promise<void>;
}

/** What the tests of the contract are said in: short words for claims and endings, on a clock that they move. */
export class Scene<Tx> {
  readonly clock: ManualClock = manualClock();
  readonly subject: StoreUnderTest<Tx>;
  readonly leaseMs = 30_000;
  readonly retentionMs = 86_400_000;

  constructor(subject: StoreUnderTest<Tx>) {
    this.subject = subject;
  }

  get store(): IdempotencyStore<Tx> {
    return this.subject.store;
  }

  claim(over: Partial<ClaimRequest> & { content?: string } = {}): Promise<ClaimOutcome> {
    return this.store.claim(this.request(over));
  }

  request(over: Partial<ClaimRequest> & { content?: string } = {}): ClaimRequest {
    const { content = 'one cup', ...rest } = over;
    return {
      tenant: 'shop',
      principal: 'ada',
      operation: 'checkout.pay',
      key: 'key-1',
      requestHash: (kid, version) => `${kid}/${version}/${content}`,
      hashKid: 'k1',
      schemaVersion: 1,
      input: { content },
      requestId: 'request-1',
      now: this.clock(),
      leaseMs: this.leaseMs,
      ...rest,
    };
  }

  async granted(over: Parameters<Scene<Tx>['claim']>[0] = {}): Promise<Grant> {
    const claim = await this.claim(over);
    assert.equal(claim.kind, 'granted');
    return (claim as ClaimOutcome & { kind: 'granted' }).grant;
  }

  /** A claim that outlives its run: the process died without a word. */
  async takenOverAfterCrash(over: Parameters<Scene<Tx>['claim']>[0] = {}): Promise<Grant> {
    this.clock.advance(this.leaseMs);
    return this.granted(over);
  }

  /** A key that crashed until nobody tried it any more. */
  async putAside(key: string): Promise<void> {
    while ((await this.claim({ key })).kind !== 'quarantined') this.clock.advance(this.leaseMs);
  }

  /** Those of the keys that the store remembers. */
  async known(keys: readonly string[]): Promise<string[]> {
    const scope = { tenant: 'shop', principal: 'ada', operation: 'checkout.pay' };
    const records = await Promise.all(keys.map((key) => this.store.find({ ...scope, key })));
    return records.flatMap((record) => (record ? [record.key] : []));
  }

  advance(grant: Grant, recoveryPoint: string, data: number | null = 1): Promise<boolean> {
    return this.inTransaction((tx) => this.store.advance(tx, grant, { recoveryPoint, data }));
  }

  complete(grant: Grant, outcome: FinalOutcome = PAID): Promise<boolean> {
    return this.inTransaction((tx) => this.store.complete(tx, grant, this.completion(outcome)));
  }

  completion(outcome: FinalOutcome = PAID) {
    return { outcome, statusCode: 200, now: this.clock(), retentionMs: this.retentionMs };
  }

  /** Whether this grant may still change anything, asked the way a phase does. */
  holds(grant: Grant): Promise<boolean> {
    return this.store.transaction((tx) => this.store.holds(tx, grant));
  }

  renew(grant: Grant): Promise<boolean> {
    return this.store.renew(grant, { now: this.clock(), leaseMs: this.leaseMs });
  }

  release(grant: Grant, waitMs = 0): Promise<boolean> {
    return this.store.release(grant, { resumeAt: unixMs(this.clock() + waitMs) });
  }

  /** The keys that were begun and that nobody is at, in order. */
  async abandoned(over: Partial<AbandonedSearch> = {}): Promise<string[]> {
    const search = { operations: ['checkout.pay'], now: this.clock(), leaseMs: this.leaseMs, limit: 10, ...over };
    return (await this.store.abandoned(search)).map(({ key }) => key);
  }

  async replay(over: Parameters<Scene<Tx>['claim']>[0] = {}): Promise<StoredAnswer> {
    const claim = await this.claim(over);
    assert.equal(claim.kind, 'replay');
    return (claim as ClaimOutcome & { kind: 'replay' }).answer;
  }

  /** As the engine does it: an effect and a write of the grant, rolled back together when the grant holds no more. */
  async inTransaction(write: (tx: Tx) => Promise<boolean>, effectName?: string): Promise<boolean> {
    try {
      await this.store.transaction(async (tx) => {
        if (effectName !== undefined) await this.subject.putEffect(tx, effectName, 1);
        if (!(await write(tx))) throw new Fenced();
      });
      return true;
    } catch (error) {
      if (error instanceof Fenced) return false;
      throw error;
    }
  }
}

export const PAID: FinalOutcome = {
  kind: 'settled',
  output: { orderId: 'o-1', totalMinor: 2490, note: null, lines: [{ sku: 'field-notes', quantity: 1 }] },
  headers: { location: '/orders/o-1' },
};

export const DECLINED: FinalOutcome = { kind: 'refused', reason: 'card_declined', extras: { declineCode: null } };

class Fenced extends Error {}
