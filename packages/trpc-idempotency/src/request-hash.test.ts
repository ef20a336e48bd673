import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineOperation, settled } from './index.ts';
import type { MemoryTransaction } from './memory-store.ts';
import { createMemoryStore } from './memory-store.ts';
import type { Json } from './record.ts';
import { requestHasher } from './request-hash.ts';
import { workbench } from './testing/workbench.ts';

const OLD = { kid: 'k1', secret: 'the secret of last year' };
const NEW = { kid: 'k2', secret: 'the secret of this year' };

const hash = (input: Json, over: { name?: string; version?: number } = {}) => {
  const operation = { name: 'checkout.pay', version: 1, ...over };
  return requestHasher([OLD], { operation, input })('k1', operation.version);
};

describe('the request hash', () => {
  it('does not depend on the order of properties, and on everything else it does', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        const same = sorted(one) === sorted(other);
        expect(hash(one as Json) === hash(other as Json)).toBe(same);
        expect(hash(reversed(one) as Json)).toBe(hash(one as Json));
      }),
    );
  });

  it('tells null from absent', () => {
    expect(hash({ note: null })).not.toBe(hash({}));
  });

  it('is bound to the operation and its version', () => {
    expect(new Set([hash(1), hash(1, { name: 'orders.refund' }), hash(1, { version: 2 })]).size).toBe(3);
  });

  it('is another under another secret, and none under a key that was retired', () => {
    const hasher = requestHasher([NEW, OLD], { operation: { name: 'checkout.pay', version: 1 }, input: 1 });
    expect(hasher('k1', 1)).toBe(hash(1));
    expect(hasher('k2', 1)).not.toBe(hash(1));
    expect(hasher('k0', 1)).toBeUndefined();
  });

  it('is none under a version that this code does not know yet', () => {
    const hasher = requestHasher([OLD], { operation: { name: 'checkout.pay', version: 2 }, input: 1 });
    expect([hasher('k1', 1), hasher('k1', 2), hasher('k1', 3)].map((made) => typeof made)).toEqual([
      'string',
      'string',
      'undefined',
    ]);
  });
});

describe('a secret that is rotated', () => {
  const input = z.object({ amountMinor: z.number() });
  const pay = defineOperation<MemoryTransaction, typeof input, { orderId: string }>({
    name: 'checkout.pay',
    version: 1,
    input,
    run: (_input, run) => run.finish(async () => settled({ orderId: 'o-1' })),
  });

  it('leaves every answer that was stored before replayable, also under a newer version', async () => {
    const store = createMemoryStore();
    await workbench({ store, hashKeys: [OLD] }).send(pay, { amountMinor: 1 });
    const after = workbench({ store, hashKeys: [NEW, OLD] });
    expect(await after.send(pay, { amountMinor: 1 })).toMatchObject({ replayed: true });
    expect(await after.send({ ...pay, version: 2 }, { amountMinor: 1 })).toMatchObject({ replayed: true });
    expect(await after.send(pay, { amountMinor: 2 })).toEqual({ kind: 'mismatch' });
    expect(
      await store.find({ tenant: 'shop', principal: 'ada', operation: 'checkout.pay', key: 'key-1' }),
    ).toMatchObject({ hashKid: 'k1', schemaVersion: 1 });
  });

  it('makes an answer unreadable when it is dropped too early, and never replays it to the wrong request', async () => {
    const store = createMemoryStore();
    await workbench({ store, hashKeys: [OLD] }).send(pay, { amountMinor: 1 });
    expect(await workbench({ store, hashKeys: [NEW] }).send(pay, { amountMinor: 1 })).toEqual({ kind: 'mismatch' });
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, item]) => [name, reversed(item)]),
  );
}

function sorted(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sorted).join()}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const parts = Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}:${sorted(item)}`);
  return `{${parts.sort().join()}}`;
}
