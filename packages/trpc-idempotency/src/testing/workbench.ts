import type { z } from 'zod';
import type { Answer } from '../answer.ts';
import type { Caller } from '../claim-request.ts';
import { createEngine } from '../engine.ts';
import type { EngineEvent } from '../events.ts';
import { createMemoryStore, type MemoryTransaction } from '../memory-store.ts';
import type { Operation } from '../operation.ts';
import type { EngineOptions } from '../options.ts';
import type { Json } from '../record.ts';
import { manualClock } from './manual-clock.ts';

/** An engine on the memory store with its clock in hand, and everything it said. */
export function workbench(over: Partial<EngineOptions<MemoryTransaction>> = {}) {
  const clock = manualClock();
  const store = createMemoryStore();
  const events: EngineEvent[] = [];
  const engine = createEngine({
    store,
    hashKeys: [HASH_KEY],
    clock,
    leaseMs: 30_000,
    onEvent: (event) => events.push(event),
    ...over,
  });

  let requests = 0;
  function send<Input extends z.ZodType, Output extends Json>(
    operation: Operation<MemoryTransaction, Input, Output>,
    input: z.output<Input>,
    caller: Partial<Caller> = {},
  ): Promise<Answer<Output>> {
    requests += 1;
    return engine.execute(operation, input, { ...KEY, requestId: `request-${requests}`, ...caller });
  }

  return {
    clock,
    store,
    engine,
    send,
    /** The kinds of all events so far, in order. */
    said: () => events.map(({ kind }) => kind),
    find: (operation: string) => store.find({ ...KEY, operation }),
  };
}

export const HASH_KEY = { kid: 'k1', secret: 'a secret of the tests' };

const KEY = { tenant: 'shop', principal: 'ada', key: 'key-1' };

/** Adds one to an effect, so that an effect that happened twice shows. */
export function increment({ effects }: MemoryTransaction, name: string): void {
  effects.set(name, Number(effects.get(name) ?? 0) + 1);
}

/** A door that is shut until a test opens it. */
export function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** Where a process died: nothing after it happens, and nobody is told. */
export const crash: Promise<never> = new Promise(() => undefined);

/** All that can go on without a timer has gone on: a run that waits now waits for the test. */
export function settledMicrotasks(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
