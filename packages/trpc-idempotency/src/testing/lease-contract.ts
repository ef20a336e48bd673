import assert from 'node:assert/strict';
import { TAKEOVERS_MAX } from '../judge.ts';
import type { Guarantees } from './store-contract.ts';

const HOUR_MS = 3_600_000;

export const leaseContract: Guarantees = {
  async 'holds a key to the last millisecond of the lease and not longer'(scene) {
    const first = await scene.granted();
    scene.clock.advance(scene.leaseMs - 1);
    const leaseExpiresAt = scene.clock() + 1;
    assert.deepEqual(await scene.claim(), { kind: 'in-progress', leaseExpiresAt });
    scene.clock.advance(1);
    const second = await scene.granted();
    assert.ok(second.fencingToken > first.fencingToken);
  },

  async 'moves the end of the lease with each heartbeat'(scene) {
    const grant = await scene.granted();
    scene.clock.advance(scene.leaseMs - 1);
    assert.equal(await scene.renew(grant), true);
    scene.clock.advance(scene.leaseMs - 1);
    assert.equal((await scene.claim()).kind, 'in-progress');
    scene.clock.advance(1);
    assert.equal((await scene.claim()).kind, 'granted');
  },

  async 'goes on from the last recovery point with what the phases returned'(scene) {
    const first = await scene.granted({ requestId: 'request-1' });
    const startedAt = scene.clock();
    await scene.advance(first, 'reserved', 7);
    await scene.advance(first, 'confirmed', null);
    const second = await scene.takenOverAfterCrash({ requestId: 'request-2' });
    assert.deepEqual(second, {
      ...first,
      requestId: 'request-2',
      fencingToken: second.fencingToken,
      recoveryPoint: 'confirmed',
      phases: { reserved: 7, confirmed: null },
      resumed: true,
      startedAt,
    });
  },

  async 'gives a released key to the next claim at once, at its recovery point'(scene) {
    const first = await scene.granted();
    await scene.advance(first, 'reserved');
    assert.equal(await scene.release(first), true);
    const second = await scene.granted();
    assert.equal(second.recoveryPoint, 'reserved');
    assert.equal(second.resumed, true);
    assert.equal(second.startedAt, first.startedAt);
  },

  async 'says that a key was taken over, and of one that was given back that it was not'(scene) {
    const tookOver = async () => {
      const claim = await scene.claim();
      assert.equal(claim.kind, 'granted');
      return claim.kind === 'granted' ? ([claim.grant, claim.tookOver] as const) : assert.fail();
    };
    const [first, ofNew] = await tookOver();
    await scene.release(first);
    const [, ofReleased] = await tookOver();
    scene.clock.advance(scene.leaseMs);
    const [, ofCrashed] = await tookOver();
    assert.deepEqual({ ofNew, ofReleased, ofCrashed }, { ofNew: false, ofReleased: false, ofCrashed: true });
  },

  async 'grants one of 50 claims that come at once after a crash'(scene) {
    await scene.granted();
    scene.clock.advance(scene.leaseMs);
    const claims = await Promise.all(Array.from({ length: 50 }, () => scene.claim()));
    assert.equal(claims.filter(({ kind }) => kind === 'granted').length, 1);
  },

  async 'counts crashes and not orderly releases'(scene) {
    let grant = await scene.granted();
    for (let round = 0; round < TAKEOVERS_MAX + 1; round++) {
      await scene.release(grant);
      grant = await scene.granted();
    }
    assert.equal((await scene.store.find(grant))?.takeovers, 0);
    grant = await scene.takenOverAfterCrash();
    assert.equal((await scene.store.find(grant))?.takeovers, 1);
  },

  async 'puts a key aside after its last allowed takeover has crashed'(scene) {
    let grant = await scene.granted();
    for (let crash = 0; crash < TAKEOVERS_MAX; crash++) grant = await scene.takenOverAfterCrash();
    scene.clock.advance(scene.leaseMs);
    assert.deepEqual(await scene.claim(), { kind: 'quarantined' });
    assert.deepEqual(await scene.claim(), { kind: 'quarantined' });
    assert.deepEqual(await scene.claim({ content: 'two cups' }), { kind: 'mismatch' });
    assert.deepEqual((await scene.store.find(grant))?.state, { processingState: 'failed' });
    assert.equal(await scene.holds(grant), false);
  },

  async 'grants a key that was put aside to who insists, and puts it aside again when that run crashes too'(scene) {
    await scene.granted();
    for (let crash = 0; crash < TAKEOVERS_MAX; crash++) await scene.takenOverAfterCrash();
    scene.clock.advance(scene.leaseMs);
    assert.deepEqual(await scene.claim(), { kind: 'quarantined' });
    const grant = await scene.granted({ evenQuarantined: true });
    assert.equal(await scene.holds(grant), true);
    assert.equal((await scene.claim({ evenQuarantined: true })).kind, 'in-progress');
    scene.clock.advance(scene.leaseMs);
    assert.deepEqual(await scene.claim(), { kind: 'quarantined' });
    assert.equal(await scene.complete(await scene.granted({ evenQuarantined: true })), true);
  },

  async 'keeps a live run its key when the clock steps back a little'(scene) {
    await scene.granted();
    scene.clock.advance(-scene.leaseMs);
    assert.equal((await scene.claim()).kind, 'in-progress');
  },

  async 'does not wait for a lease that a clock set back has put far ahead'(scene) {
    const first = await scene.granted();
    scene.clock.advance(-HOUR_MS);
    const second = await scene.granted();
    assert.equal(await scene.holds(first), false);
    assert.equal(await scene.holds(second), true);
  },

  async 'leaves the key with one run when the clock jumps forward'(scene) {
    const first = await scene.granted();
    scene.clock.advance(HOUR_MS);
    const second = await scene.granted();
    assert.equal(await scene.holds(first), false);
    assert.equal(await scene.complete(first), false);
    assert.equal(await scene.complete(second), true);
  },

  async 'leaves a run its key past the end of the lease while nobody else asks'(scene) {
    const grant = await scene.granted();
    scene.clock.advance(2 * scene.leaseMs);
    assert.equal(await scene.holds(grant), true);
    assert.equal(await scene.renew(grant), true);
    assert.equal((await scene.claim()).kind, 'in-progress');
  },
};
