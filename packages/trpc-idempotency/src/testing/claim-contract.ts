import assert from 'node:assert/strict';
import type { Guarantees } from './store-contract.ts';

export const claimContract: Guarantees = {
  async 'grants one of 50 claims that come at once'(scene) {
    const claims = await Promise.all(Array.from({ length: 50 }, (_, n) => scene.claim({ requestId: `request-${n}` })));
    const kinds = claims.map(({ kind }) => kind).sort();
    assert.deepEqual(kinds, ['granted', ...Array<string>(49).fill('in-progress')]);
  },

  async 'starts a new key at the recovery point claimed'(scene) {
    const grant = await scene.granted();
    assert.deepEqual(
      { recoveryPoint: grant.recoveryPoint, phases: grant.phases, resumed: grant.resumed, startedAt: grant.startedAt },
      { recoveryPoint: 'claimed', phases: {}, resumed: false, startedAt: scene.clock() },
    );
  },

  async 'remembers the request as it was claimed'(scene) {
    const grant = await scene.granted({ content: 'two cups', schemaVersion: 3 });
    const { tenant, principal, operation, key, fencingToken } = grant;
    assert.deepEqual(await scene.store.find({ tenant, principal, operation, key }), {
      tenant,
      principal,
      operation,
      key,
      fencingToken,
      requestHash: 'k1/3/two cups',
      hashKid: 'k1',
      schemaVersion: 3,
      recoveryPoint: 'claimed',
      phases: {},
      takeovers: 0,
      input: { content: 'two cups' },
      createdAt: scene.clock(),
      state: { processingState: 'pending', leaseExpiresAt: scene.clock() + scene.leaseMs },
    });
  },

  async 'remembers an input that is null'(scene) {
    const grant = await scene.granted({ input: null });
    assert.equal((await scene.store.find(grant))?.input, null);
  },

  async 'knows nothing of a key that was never sent'(scene) {
    const { kind } = await scene.claim();
    assert.equal(kind, 'granted');
    const ref = { tenant: 'shop', principal: 'ada', operation: 'checkout.pay', key: 'key-2' };
    assert.equal(await scene.store.find(ref), undefined);
  },

  async 'keeps scopes apart, whatever characters they hold'(scene) {
    const scopes = [
      { tenant: 'a', principal: 'b:c' },
      { tenant: 'a:b', principal: 'c' },
      { tenant: 'a', principal: 'b', operation: 'c:checkout.pay' },
      { tenant: 'a","b', principal: 'c' },
      { tenant: '', principal: 'a' },
      { key: '%' },
      { key: 'KEY-1' },
      { key: 'key-1' },
    ];
    for (const scope of scopes) assert.equal((await scene.claim(scope)).kind, 'granted');
    for (const scope of scopes) assert.equal((await scene.claim(scope)).kind, 'in-progress');
  },

  async 'tells a reused key so while the first request still runs'(scene) {
    await scene.granted();
    assert.deepEqual(await scene.claim({ content: 'two cups' }), { kind: 'mismatch' });
    assert.equal((await scene.claim()).kind, 'in-progress');
  },

  async 'tells a reused key so after the answer, and changes nothing'(scene) {
    await scene.complete(await scene.granted());
    assert.deepEqual(await scene.claim({ content: 'two cups' }), { kind: 'mismatch' });
    assert.equal((await scene.replay()).requestId, 'request-1');
  },

  async 'compares under the hash key and the version of the row'(scene) {
    await scene.complete(await scene.granted());
    const rotated = { hashKid: 'k2', schemaVersion: 2 };
    assert.equal((await scene.replay(rotated)).requestId, 'request-1');
    const sameHash = { requestHash: () => 'k2/2/one cup' };
    assert.deepEqual(await scene.claim({ ...rotated, ...sameHash }), { kind: 'mismatch' });
  },

  async 'takes what it can no longer compare for another request'(scene) {
    await scene.complete(await scene.granted());
    const requestHash = (kid: string, version: number) => (kid === 'k1' ? undefined : `${kid}/${version}/one cup`);
    assert.deepEqual(await scene.claim({ hashKid: 'k2', requestHash }), { kind: 'mismatch' });
  },

  async 'claims inside a transaction, answers in it, and keeps all of that or nothing'(scene) {
    const finish = (fails: boolean) =>
      scene.store.transaction(async (tx) => {
        const claim = await scene.store.claimWithin(tx, scene.request());
        assert.equal(claim.kind, 'granted');
        if (claim.kind !== 'granted') return;
        assert.equal(await scene.store.holds(tx, claim.grant), true);
        assert.equal(await scene.store.complete(tx, claim.grant, scene.completion()), true);
        if (fails) throw new Error('the disk is full');
      });
    await assert.rejects(finish(true), /the disk is full/);
    assert.equal(await scene.store.find(scene.request()), undefined);
    await finish(false);
    assert.equal((await scene.replay()).requestId, 'request-1');
    const again = await scene.store.transaction((tx) => scene.store.claimWithin(tx, scene.request()));
    assert.equal(again.kind, 'replay');
  },

  async 'asks for admission only when the key is new'(scene) {
    const admit = () => ({ admitted: false, retryAfterMs: 700 }) as const;
    assert.deepEqual(await scene.claim({ admit }), { kind: 'limited', retryAfterMs: 700 });
    assert.equal(await scene.store.find({ ...(await scene.granted({ key: 'other' })), key: 'key-1' }), undefined);

    const grant = await scene.granted();
    assert.equal((await scene.claim({ admit })).kind, 'in-progress');
    await scene.release(grant);
    assert.equal((await scene.claim({ admit })).kind, 'granted');
  },

  async 'asks for admission once when claims of a new key come at once'(scene) {
    let asked = 0;
    const admit = () => {
      asked += 1;
      return { admitted: true } as const;
    };
    await Promise.all(Array.from({ length: 10 }, () => scene.claim({ admit })));
    assert.equal(asked, 1);
  },
};
