import { initTRPC, lazy } from '@trpc/server';
import manifest from '@trpc/server/package.json' with { type: 'json' };
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createEngine, defineOperation, settled } from '../index.ts';
import { createMemoryStore, type MemoryTransaction } from '../memory-store.ts';
import { manualClock } from '../testing/index.ts';
import { HASH_KEY } from '../testing/workbench.ts';
import { assertIdempotencyAfterInput, type IdempotencyContext, idempotentPlugin } from './index.ts';

const engine = createEngine({ store: createMemoryStore(), hashKeys: [HASH_KEY], clock: manualClock() });
const idempotent = idempotentPlugin({ engine });
const PayInput = z.object({ amountMinor: z.number() });
const pay = defineOperation<MemoryTransaction, typeof PayInput, { orderId: string }>({
  name: 'checkout.pay',
  version: 1,
  input: PayInput,
  run: (_input, run) => run.finish(async () => settled({ orderId: 'o-1' })),
});
const t = initTRPC.context<IdempotencyContext>().create();
const extra = z.object({ coupon: z.string() });

describe('the order of middlewares', () => {
  it('is accepted when every input is parsed before the key is claimed', () => {
    const router = t.router({
      checkout: t.router({
        pay: t.procedure.concat(idempotent(pay)).mutation(({ ctx }) => ctx.answer()),
        payWithCoupon: t.procedure
          .input(extra)
          .concat(idempotent(pay))
          .mutation(({ ctx }) => ctx.answer()),
      }),
      list: t.procedure.input(extra).query(() => []),
    });
    expect(() => assertIdempotencyAfterInput(router)).not.toThrow();
  });

  it('is refused by path when an input is parsed after it', () => {
    const router = t.router({
      checkout: t.router({
        pay: t.procedure
          .concat(idempotent(pay))
          .input(extra)
          .mutation(({ ctx }) => ctx.answer()),
      }),
    });
    expect(() => assertIdempotencyAfterInput(router)).toThrow('checkout.pay');
  });

  it('is not taken on trust for routers that are loaded later', () => {
    const later = t.router({ pay: t.procedure.concat(idempotent(pay)).mutation(({ ctx }) => ctx.answer()) });
    const router = t.router({ checkout: lazy(async () => later) });
    expect(() => assertIdempotencyAfterInput(router)).toThrow('lazy routers cannot be checked at boot: checkout');
  });

  it('is read from parts of tRPC that are not documented, in the version they were read in', () => {
    expect(manifest.version).toBe('11.22.1');
    const router = t.router({ pay: t.procedure.input(extra).mutation(() => null) });
    const { middlewares } = (router.pay as unknown as { _def: { middlewares: { _type?: string }[] } })._def;
    expect(middlewares.map(({ _type }) => _type)).toEqual(['input', undefined]);
  });
});
