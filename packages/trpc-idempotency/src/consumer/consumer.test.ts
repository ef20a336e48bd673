import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineOperation, refused, rejected, settled, unfinished } from '../index.ts';
import type { MemoryTransaction } from '../memory-store.ts';
import { gate, increment, settledMicrotasks, workbench } from '../testing/workbench.ts';
import { createConsumer } from './index.ts';

const Delivery = z.object({ what: z.string() });

function inbox() {
  const { engine, store } = workbench();
  let isDown = false;
  const down = (value: boolean) => {
    isDown = value;
  };
  const bank = gate();
  const apply = defineOperation<MemoryTransaction, typeof Delivery, null>({
    name: 'webhook.payment',
    version: 1,
    input: Delivery,
    async run({ what }, run) {
      if (isDown) return unfinished('storage_unavailable', 1_000);
      if (what === 'unknown event') return rejected('unknown_event');
      if (what === 'slow') await run.call('bank', () => bank.opened);
      return run.finish(async (tx) => {
        increment(tx, 'applied');
        return what === 'refused' ? refused('too_late') : settled(null);
      });
    },
  });
  const consumer = createConsumer({ engine, tenant: 'shop', source: 'provider' });
  return {
    consume: (messageId: string, what = 'paid') => consumer.consume(apply, messageId, { what }),
    other: createConsumer({ engine, tenant: 'shop', source: 'another provider' }),
    apply,
    applied: () => store.effect('applied'),
    down,
    bank,
  };
}

describe('the consumer adapter', () => {
  it('applies a message once, however often it is delivered', async () => {
    const { consume, applied } = inbox();
    const deliveries = [await consume('evt_1'), await consume('evt_1'), await consume('evt_1')];
    expect(deliveries).toEqual(['applied', 'applied-before', 'applied-before']);
    expect(applied()).toBe(1);
  });

  it('asks for another delivery while the first is under way, and when it could not be applied', async () => {
    const { consume, applied, bank, down } = inbox();
    const first = consume('evt_1', 'slow');
    await settledMicrotasks();
    expect(await consume('evt_1', 'slow')).toBe('later');
    bank.open();
    expect(await first).toBe('applied');

    down(true);
    expect(await consume('evt_2')).toBe('later');
    down(false);
    expect(await consume('evt_2')).toBe('applied');
    expect(applied()).toBe(2);
  });

  it('takes a refusal for applied: it is kept and never changes', async () => {
    const { consume } = inbox();
    expect([await consume('evt_1', 'refused'), await consume('evt_1', 'refused')]).toEqual([
      'applied',
      'applied-before',
    ]);
  });

  it('puts aside what no delivery will apply', async () => {
    const { consume } = inbox();
    await consume('evt_1');
    expect([await consume('evt_1', 'refused'), await consume('evt_2', 'unknown event')]).toEqual(['never', 'never']);
  });

  it('keeps the ids of two sources apart', async () => {
    const { consume, other, apply, applied } = inbox();
    expect([await consume('1'), await other.consume(apply, '1', { what: 'paid' })]).toEqual(['applied', 'applied']);
    expect(applied()).toBe(2);
  });

  it('tells apart ids that are longer than a key', async () => {
    const { consume } = inbox();
    const long = 'x'.repeat(900);
    expect([await consume(`${long}1`), await consume(`${long}2`), await consume(`${long}1`)]).toEqual([
      'applied',
      'applied',
      'applied-before',
    ]);
  });
});
