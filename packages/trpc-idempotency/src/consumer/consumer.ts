import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { Answer } from '../answer.ts';
import type { Engine } from '../engine.ts';
import { KEY_LENGTH_MAX } from '../key.ts';
import type { Operation } from '../operation.ts';
import type { Json } from '../record.ts';

/**
 * - `applied`: its effects are committed now. Acknowledge it.
 * - `applied-before`: they were committed by an earlier delivery. Acknowledge it.
 * - `later`: not committed. Have it delivered again.
 * - `never`: no delivery of it will be applied, as the operation rejects it, its id came with other content before, or
 *   its runs have crashed too often. Put it aside for a person, or it blocks the queue.
 */
export type Consumption = 'applied' | 'applied-before' | 'later' | 'never';

export interface Consumer<Tx> {
  /**
   * Applies a message once, however often it is delivered while the engine's retention lasts.
   *
   * @param messageId as its sender chose it: the same for each delivery.
   * @param input as the operation's schema parsed it.
   * @throws what the operation throws, and storage errors. Neither is committed: have it delivered again.
   */
  consume<Input extends z.ZodType, Output extends Json>(
    operation: Operation<Tx, Input, Output>,
    messageId: string,
    input: z.output<Input>,
  ): Promise<Consumption>;
}

export interface ConsumerOptions<Tx> {
  readonly engine: Engine<Tx>;
  readonly tenant: string;
  /** Who sends: inside one source an id names one message. */
  readonly source: string;
}

/** Wraps the handler of a queue or of a webhook: the id of the message is the key. */
export function createConsumer<Tx>({ engine, tenant, source }: ConsumerOptions<Tx>): Consumer<Tx> {
  return {
    async consume(operation, messageId, input) {
      assert(messageId !== '', 'a message without an id cannot be told from its next delivery');
      const caller = { tenant, principal: source, key: keyOf(messageId), requestId: messageId };
      return consumptionOf(await engine.execute(operation, input, caller));
    },
  };
}

function consumptionOf(answer: Answer<Json>): Consumption {
  switch (answer.kind) {
    case 'final':
      return answer.replayed ? 'applied-before' : 'applied';
    case 'in-progress':
    case 'unfinished':
    case 'limited':
      return 'later';
    case 'rejected':
    case 'mismatch':
    case 'quarantined':
      return 'never';
  }
}

/** A Message-ID may have almost a thousand characters, a key 255. */
function keyOf(messageId: string): string {
  if (messageId.length <= KEY_LENGTH_MAX) return messageId;
  return `sha256:${createHash('sha256').update(messageId).digest('base64url')}`;
}
