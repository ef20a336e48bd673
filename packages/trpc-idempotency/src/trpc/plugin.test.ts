import { type AnyTRPCProcedure, initTRPC, type TRPCError } from '@trpc/server';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import { createEngine, defineOperation, NotJsonError, refused, settled, unfinished, unixMs } from '../index.ts';
import { createMemoryStore, type MemoryTransaction } from '../memory-store.ts';
import { type IdempotencyContext, IdempotencyError, idempotentPlugin } from './index.ts';

type ErrorShapeOf<Procedure extends AnyTRPCProcedure> = Procedure['_def']['$types']['errorShape'];

/** A host whose context is wider than what the plugin asks for. */
interface HostContext extends IdempotencyContext {
  readonly locale: string;
}

function shop(wait?: { waitMs: number }) {
  const engine = createEngine({
    store: createMemoryStore(),
    hashKeys: [{ kid: 'k1', secret: 'a secret of the tests' }],
    clock: () => unixMs(Date.UTC(2026, 0, 1)),
  });
  const executions: number[] = [];
  const pay = defineOperation<MemoryTransaction, typeof PayInput, { paidMinor: number; currency: 'eur' }>({
    name: 'checkout.pay',
    version: 1,
    input: PayInput,
    async run({ amountMinor }, run) {
      executions.push(amountMinor);
      if (amountMinor === 13) return unfinished('tax_unavailable', 1_500);
      return run.finish(async () => {
        if (amountMinor === 2) return refused('card_declined', { declineCode: 'generic_decline' });
        return settled({ paidMinor: amountMinor, currency: 'eur' }, { Location: '/orders/1' });
      });
    },
  });

  const t = initTRPC.context<HostContext>().create({
    errorFormatter: ({ shape }) => ({ ...shape, data: { ...shape.data, reason: 'internal' } }),
  });
  const customerProcedure = t.procedure.use(({ ctx, next }) => next({ ctx: { customerId: ctx.principal } }));
  const idempotent = idempotentPlugin({ engine });
  const router = t.router({
    pay: customerProcedure.concat(idempotent(pay, wait)).mutation(async ({ ctx, input }) => {
      expectTypeOf(ctx.customerId).toEqualTypeOf<string>();
      expectTypeOf(ctx.locale).toEqualTypeOf<string>();
      expectTypeOf(input).toEqualTypeOf<{ amountMinor: number; note?: string | undefined }>();
      expectTypeOf(ctx.answer).toEqualTypeOf<() => Promise<{ paidMinor: number; currency: 'eur' }>>();
      return ctx.answer();
    }),
    plain: customerProcedure.mutation(() => null),
  });

  // The client reads the host's own `data`, and no union of it with tRPC's.
  expectTypeOf<ErrorShapeOf<typeof router.pay>>().toEqualTypeOf<ErrorShapeOf<typeof router.plain>>();
  expectTypeOf<ErrorShapeOf<typeof router.pay>>().toHaveProperty('data').toHaveProperty('reason').toBeString();

  async function send(input: { amountMinor: number | string; note?: string }, over: Partial<HostContext> = {}) {
    const responseHeaders = new Headers();
    const context: HostContext = {
      tenant: 'shop',
      principal: 'ada',
      requestId: 'request-1',
      idempotencyKeyHeader: '"key-1"',
      locale: 'en',
      responseHeaders,
      ...over,
    };
    const caller = t.createCallerFactory(router)(context);
    const sent = caller.pay(input as { amountMinor: number }).then(
      (output) => ({ output, error: undefined }),
      (error: TRPCError) => ({ output: undefined, error }),
    );
    return { ...(await sent), headers: Object.fromEntries(responseHeaders) };
  }
  return { send, executions };
}

const PayInput = z.object({ amountMinor: z.coerce.number<number | string>(), note: z.string().optional() });

describe('the idempotent plugin', () => {
  it('replays the stored output and says so', async () => {
    const { send, executions } = shop();
    const first = await send({ amountMinor: 2490 });
    expect(first).toMatchObject({ output: { paidMinor: 2490, currency: 'eur' } });
    expect(first.headers).toEqual({
      'cache-control': 'no-store',
      'idempotency-expires': 'Fri, 02 Jan 2026 00:00:00 GMT',
      location: '/orders/1',
    });

    const second = await send({ amountMinor: 2490 }, { requestId: 'request-2' });
    expect(second).toEqual({ ...first, headers: { ...first.headers, 'idempotent-replayed': 'true' } });
    expect(executions).toEqual([2490]);
  });

  it('compares what the schema parsed, not what was sent', async () => {
    const { send } = shop();
    await send({ amountMinor: 2490 });
    expect(await send({ amountMinor: '2490' })).toMatchObject({ output: { paidMinor: 2490 } });
  });

  it('replays a refusal with the request id of the run that made it', async () => {
    const { send, executions } = shop();
    await send({ amountMinor: 2 });
    const { error, headers } = await send({ amountMinor: 2 }, { requestId: 'request-2' });
    expect(error?.code).toBe('CONFLICT');
    expect(error?.cause).toBeInstanceOf(IdempotencyError);
    expect(error?.cause).toMatchObject({
      reason: 'card_declined',
      retryable: false,
      details: { kind: 'refused', extras: { declineCode: 'generic_decline' }, requestId: 'request-1' },
    });
    expect(headers).toMatchObject({ 'idempotent-replayed': 'true' });
    expect(executions).toEqual([2]);
  });

  it('refuses what JSON cannot say before anything runs, and names its place', async () => {
    const { send, executions } = shop();
    const { error } = await send({ amountMinor: 2490, note: 'A\ud800' });
    expect(error).toMatchObject({ code: 'BAD_REQUEST', message: expect.stringContaining('input.note') });
    expect(error?.cause).toBeInstanceOf(NotJsonError);
    expect(executions).toEqual([]);
  });

  it('says when to come back, in whole seconds', async () => {
    const { error, headers } = await shop().send({ amountMinor: 13 });
    expect(error?.code).toBe('SERVICE_UNAVAILABLE');
    expect(headers).toEqual({ 'cache-control': 'no-store', 'retry-after': '2' });
  });

  it.each([
    ['no key', { idempotencyKeyHeader: null }, 'idempotency_key_required'],
    ['two keys', { idempotencyKeyHeader: 'a, b' }, 'idempotency_key_invalid'],
    ['a batch', { batchSize: 2 }, 'batch_not_allowed'],
  ])('refuses %s before anything runs', async (_what, over, reason) => {
    const { send, executions } = shop();
    const { error } = await send({ amountMinor: 2490 }, over);
    expect(error).toMatchObject({ code: 'BAD_REQUEST', cause: { reason, retryable: false } });
    expect(executions).toEqual([]);
  });

  it('leaves the key unused when the input is invalid', async () => {
    const { send, executions } = shop();
    expect((await send({ amountMinor: 'ten' })).error?.code).toBe('BAD_REQUEST');
    expect(await send({ amountMinor: 10 })).toMatchObject({ output: { paidMinor: 10 } });
    expect(executions).toEqual([10]);
  });

  it('lets a duplicate wait where the procedure says so', async () => {
    const { send, executions } = shop({ waitMs: 1_000 });
    const [first, second] = await Promise.all([send({ amountMinor: 2490 }), send({ amountMinor: 2490 })]);
    expect(second).toEqual({ ...first, headers: { ...first.headers, 'idempotent-replayed': 'true' } });
    expect(executions).toEqual([2490]);
  });

  it('tells a duplicate to come back where it does not', async () => {
    const { send } = shop();
    const [, second] = await Promise.all([send({ amountMinor: 2490 }), send({ amountMinor: 2490 })]);
    expect(second.error?.cause).toMatchObject({ reason: 'idempotency_key_in_use' });
  });

  it('refuses the same key with other content', async () => {
    const { send, executions } = shop();
    await send({ amountMinor: 2490 });
    const { error } = await send({ amountMinor: 2491 });
    expect(error).toMatchObject({ code: 'CONFLICT', cause: { reason: 'idempotency_key_reused' } });
    expect(executions).toEqual([2490]);
  });
});
