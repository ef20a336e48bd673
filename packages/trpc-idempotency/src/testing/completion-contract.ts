import assert from 'node:assert/strict';
import type { Guarantees } from './store-contract.ts';
import { DECLINED, PAID } from './store-under-test.ts';

export const completionContract: Guarantees = {
  async 'commits the effects and the answer together'(scene) {
    const grant = await scene.granted();
    await scene.inTransaction((tx) => scene.store.complete(tx, grant, scene.completion()), 'charge');
    assert.equal(await scene.subject.effect('charge'), 1);
    assert.deepEqual((await scene.replay()).outcome, PAID);
  },

  async 'keeps neither when the transaction fails after both'(scene) {
    const grant = await scene.granted();
    const failing = scene.store.transaction(async (tx) => {
      await scene.subject.putEffect(tx, 'charge', 1);
      await scene.store.complete(tx, grant, scene.completion());
      throw new Error('the disk is full');
    });
    await assert.rejects(failing, /the disk is full/);
    assert.equal(await scene.subject.effect('charge'), undefined);
    assert.equal((await scene.claim()).kind, 'in-progress');
    assert.equal(await scene.complete(grant), true);
  },

  async 'keeps no recovery point when the transaction of its phase fails'(scene) {
    const grant = await scene.granted();
    const failing = scene.store.transaction(async (tx) => {
      await scene.subject.putEffect(tx, 'stock', 1);
      await scene.store.advance(tx, grant, { recoveryPoint: 'reserved', data: 1 });
      throw new Error('the disk is full');
    });
    await assert.rejects(failing, /the disk is full/);
    assert.equal(await scene.subject.effect('stock'), undefined);
    assert.equal((await scene.store.find(grant))?.recoveryPoint, 'claimed');
  },

  async 'replays the answer as it was stored, with the request that made it'(scene) {
    for (const [key, outcome] of [
      ['paid', PAID],
      ['declined', DECLINED],
      ['bare', { kind: 'settled', output: null }],
    ] as const) {
      await scene.complete(await scene.granted({ key, requestId: `${key}-1` }), outcome);
      assert.deepEqual(await scene.replay({ key, requestId: `${key}-2` }), {
        outcome,
        statusCode: 200,
        requestId: `${key}-1`,
        completedAt: scene.clock(),
        expiresAt: scene.clock() + scene.retentionMs,
      });
    }
  },

  async 'replays the properties in the order they were stored'(scene) {
    const output = { z: 1, a: { y: 1, b: 2 } };
    await scene.complete(await scene.granted(), { kind: 'settled', output });
    const { outcome } = await scene.replay();
    assert.equal(JSON.stringify(outcome), JSON.stringify({ kind: 'settled', output }));
  },

  async 'replays to the last millisecond of the retention, which runs from completion'(scene) {
    const grant = await scene.granted();
    scene.clock.advance(1_000);
    await scene.complete(grant);
    scene.clock.advance(scene.retentionMs - 1);
    await scene.replay();
    scene.clock.advance(1);
    const claim = await scene.claim();
    assert.equal(claim.kind, 'granted');
    assert.equal(claim.kind === 'granted' && claim.replacedExpired, true);
  },

  async 'takes an expired key for a new one, whatever was sent under it before'(scene) {
    const first = await scene.granted();
    await scene.advance(first, 'reserved');
    await scene.complete(first);
    scene.clock.advance(scene.retentionMs);
    const second = await scene.granted({ content: 'two cups' });
    assert.ok(second.fencingToken > first.fencingToken);
    assert.equal(second.resumed, false);
    assert.deepEqual(second.phases, {});
    assert.equal(second.startedAt, scene.clock());
    assert.deepEqual((await scene.store.find(second))?.input, { content: 'two cups' });
  },

  async 'never lets a key expire on which no answer was given'(scene) {
    const first = await scene.granted();
    await scene.advance(first, 'reserved');
    scene.clock.advance(30 * scene.retentionMs);
    assert.equal((await scene.granted()).recoveryPoint, 'reserved');
  },
};
