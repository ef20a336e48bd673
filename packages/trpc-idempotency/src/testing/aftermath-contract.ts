import assert from 'node:assert/strict';
import type { Guarantees } from './store-contract.ts';

const HOUR_MS = 3_600_000;

/** What is left to do when the client is gone. */
export const aftermathContract: Guarantees = {
  async 'lists a key whose run died from the end of its lease on'(scene) {
    const grant = await scene.granted();
    await scene.advance(grant, 'reserved', 7);
    scene.clock.advance(scene.leaseMs - 1);
    assert.deepEqual(await scene.abandoned(), []);
    scene.clock.advance(1);
    const search = { operations: ['checkout.pay'], now: scene.clock(), leaseMs: scene.leaseMs, limit: 1 };
    assert.deepEqual(await scene.store.abandoned(search), [await scene.store.find(grant)]);
  },

  async 'lists a key that was given back from the time on that was asked for'(scene) {
    const grant = await scene.granted();
    await scene.release(grant, 5_000);
    scene.clock.advance(4_999);
    assert.deepEqual(await scene.abandoned(), []);
    scene.clock.advance(1);
    assert.deepEqual(await scene.abandoned(), ['key-1']);
    await scene.granted();
    assert.deepEqual(await scene.abandoned(), []);
  },

  async 'remembers when a key that was given back may be carried on'(scene) {
    const grant = await scene.granted();
    await scene.release(grant, 5_000);
    assert.deepEqual((await scene.store.find(grant))?.state, {
      processingState: 'pending',
      leaseExpiresAt: null,
      resumeAt: scene.clock() + 5_000,
    });
  },

  async 'lists neither what is answered nor what was put aside'(scene) {
    await scene.complete(await scene.granted({ key: 'paid' }));
    await scene.putAside('poison');
    scene.clock.advance(scene.retentionMs);
    assert.deepEqual(await scene.abandoned(), []);
  },

  async 'lists those first that have waited longest, and not more than asked for'(scene) {
    const released = await scene.granted({ key: 'released' });
    await scene.granted({ key: 'first' });
    scene.clock.advance(1);
    await scene.granted({ key: 'second' });
    await scene.release(released, scene.leaseMs - 3);
    scene.clock.advance(scene.leaseMs);
    assert.deepEqual(await scene.abandoned({ limit: 2 }), ['released', 'first']);
    assert.deepEqual(await scene.abandoned(), ['released', 'first', 'second']);
  },

  async 'lists only keys of the operations asked for'(scene) {
    await scene.granted();
    await scene.granted({ operation: 'orders.refund', key: 'refund' });
    scene.clock.advance(scene.leaseMs);
    assert.deepEqual(await scene.abandoned({ operations: ['orders.refund', 'cart.put'] }), ['refund']);
    assert.deepEqual(await scene.abandoned({ operations: [] }), []);
  },

  async 'lists a key whose lease a clock set back has put far ahead'(scene) {
    await scene.granted();
    scene.clock.advance(-scene.leaseMs);
    assert.deepEqual(await scene.abandoned(), []);
    scene.clock.advance(-HOUR_MS);
    assert.deepEqual(await scene.abandoned(), ['key-1']);
  },

  async 'deletes an answer when its retention has ended and not a millisecond before'(scene) {
    await scene.complete(await scene.granted());
    scene.clock.advance(scene.retentionMs - 1);
    assert.equal(await scene.store.reap({ now: scene.clock(), limit: 10 }), 0);
    await scene.replay();
    scene.clock.advance(1);
    assert.equal(await scene.store.reap({ now: scene.clock(), limit: 10 }), 1);
    assert.deepEqual(await scene.known(['key-1']), []);
    const claim = await scene.claim({ content: 'two cups' });
    assert.equal(claim.kind === 'granted' && claim.replacedExpired, false);
  },

  async 'deletes the oldest answers first, and not more than asked for'(scene) {
    for (const key of ['a', 'b', 'c']) {
      await scene.complete(await scene.granted({ key }));
      scene.clock.advance(1);
    }
    scene.clock.advance(scene.retentionMs);
    assert.equal(await scene.store.reap({ now: scene.clock(), limit: 2 }), 2);
    assert.deepEqual(await scene.known(['a', 'b', 'c']), ['c']);
    assert.equal(await scene.store.reap({ now: scene.clock(), limit: 2 }), 1);
    assert.equal(await scene.store.reap({ now: scene.clock(), limit: 2 }), 0);
  },

  async 'never deletes a key without an answer, however old'(scene) {
    await scene.granted({ key: 'under way' });
    await scene.release(await scene.granted({ key: 'released' }));
    await scene.putAside('poison');
    scene.clock.advance(30 * scene.retentionMs);
    assert.equal(await scene.store.reap({ now: scene.clock(), limit: 10 }), 0);
    assert.deepEqual(await scene.known(['under way', 'released', 'poison']), ['under way', 'released', 'poison']);
  },
};
