import assert from 'node:assert/strict';
import type { Guarantees } from './store-contract.ts';

export const fencingContract: Guarantees = {
  async 'grows over all keys, also when a key is forgotten and claimed anew'(scene) {
    const tokens: number[] = [];
    for (const key of ['a', 'b', 'a', 'b']) {
      const grant = await scene.granted({ key });
      tokens.push(grant.fencingToken);
      await scene.store.forget(grant);
    }
    assert.deepEqual(
      tokens,
      [...new Set(tokens)].sort((a, b) => a - b),
    );
  },

  async 'lets a run that was taken over change nothing'(scene) {
    const zombie = await scene.granted();
    await scene.advance(zombie, 'reserved');
    const successor = await scene.takenOverAfterCrash();
    const before = await scene.store.find(successor);

    assert.equal(await scene.holds(zombie), false);
    assert.equal(await scene.advance(zombie, 'confirmed'), false);
    assert.equal(await scene.complete(zombie), false);
    assert.equal(await scene.renew(zombie), false);
    assert.equal(await scene.release(zombie), false);
    assert.equal(await scene.store.forget(zombie), false);
    assert.deepEqual(await scene.store.find(successor), before);
    assert.equal(await scene.holds(successor), true);
  },

  async 'rolls the effects of such a run back'(scene) {
    const zombie = await scene.granted();
    await scene.takenOverAfterCrash();
    const completed = await scene.inTransaction(
      (tx) => scene.store.complete(tx, zombie, scene.completion()),
      'charged by a zombie',
    );
    assert.equal(completed, false);
    assert.equal(await scene.subject.effect('charged by a zombie'), undefined);
  },

  async 'lets a run change nothing after it gave the key back'(scene) {
    const grant = await scene.granted();
    await scene.release(grant);
    assert.equal(await scene.holds(grant), false);
    assert.equal(await scene.advance(grant, 'reserved'), false);
    assert.equal(await scene.complete(grant), false);
    assert.equal(await scene.renew(grant), false);
    assert.equal(await scene.store.forget(grant), false);
  },

  async 'lets a run change nothing after its answer is stored'(scene) {
    const grant = await scene.granted();
    await scene.complete(grant);
    const before = await scene.store.find(grant);
    assert.equal(await scene.holds(grant), false);
    assert.equal(await scene.advance(grant, 'reserved'), false);
    assert.equal(await scene.complete(grant, { kind: 'refused', reason: 'changed_my_mind', extras: {} }), false);
    assert.equal(await scene.renew(grant), false);
    assert.equal(await scene.release(grant), false);
    assert.equal(await scene.store.forget(grant), false);
    assert.deepEqual(await scene.store.find(grant), before);
  },

  async 'forgets a key on which nothing was committed, as if it had never been sent'(scene) {
    const first = await scene.granted();
    scene.clock.advance(5);
    assert.equal(await scene.store.forget(first), true);
    assert.equal(await scene.store.find(first), undefined);
    const second = await scene.granted({ content: 'two cups' });
    assert.equal(second.startedAt, first.startedAt + 5);
  },

  async 'does not forget a key on which a phase was committed'(scene) {
    const grant = await scene.granted();
    await scene.advance(grant, 'reserved');
    assert.equal(await scene.store.forget(grant), false);
    assert.equal((await scene.store.find(grant))?.recoveryPoint, 'reserved');
  },
};
