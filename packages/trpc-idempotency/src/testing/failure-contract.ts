import assert from 'node:assert/strict';
import type { Scene } from './store-under-test.ts';

type FailureGuarantees = Readonly<Record<string, <Tx>(scene: Scene<Tx>, fail: () => () => void) => Promise<void>>>;

/** More than is free in the pages that a store has already. */
const LARGE = 'cups '.repeat(20_000);

/** What a store does while its storage takes no writes. `fail` makes it so and returns how to mend it. */
export const failureContract: FailureGuarantees = {
  async 'grants nothing that it cannot keep, and all of it again when that is over'(scene, fail) {
    const mend = fail();
    await assert.rejects(scene.claim({ content: LARGE }));
    mend();
    const ref = { tenant: 'shop', principal: 'ada', operation: 'checkout.pay', key: 'key-1' };
    assert.equal(await scene.store.find(ref), undefined);
    assert.equal((await scene.claim({ content: LARGE })).kind, 'granted');
  },

  async 'keeps neither effect nor answer of a transaction that it cannot write, and the grant goes on'(scene, fail) {
    const grant = await scene.granted();
    const outcome = { kind: 'settled', output: LARGE } as const;
    const finish = () =>
      scene.inTransaction((tx) => scene.store.complete(tx, grant, scene.completion(outcome)), 'charge');
    const mend = fail();
    await assert.rejects(finish());
    mend();
    assert.equal(await scene.subject.effect('charge'), undefined);
    assert.equal((await scene.claim()).kind, 'in-progress');
    assert.equal(await finish(), true);
    assert.equal(await scene.subject.effect('charge'), 1);
  },

  async 'replays meanwhile what it has'(scene, fail) {
    await scene.complete(await scene.granted());
    const mend = fail();
    assert.equal((await scene.replay()).requestId, 'request-1');
    mend();
  },
};
