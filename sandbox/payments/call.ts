import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { Reply } from '../http/reply.ts';
import type { Ledger, Replica } from './ledger.ts';
import type { Charge, EventType, PaymentIntent, Refund } from './objects.ts';
import { invalidRequest } from './stripe-error.ts';

/** One request to the payment API, authenticated and read. */
export interface PaymentCall {
  /** The object named in the path; empty where the path names none. */
  readonly id: string;
  readonly input: unknown;
  readonly replica: Replica;
  readonly requestId: string;
  readonly idempotencyKey: string | undefined;
  readonly ledger: Ledger;
  readonly nowSeconds: () => number;
  /** Notes what happened; whoever subscribed hears of it once the change is committed. */
  emit(type: EventType, object: PaymentIntent | Charge | Refund): void;
}

/** A request that passed validation. Nothing has happened yet; `run` does it all, at once, in one transaction. */
export interface Prepared {
  /** How long the bank takes before `run` may go. */
  readonly bankMs?: number;
  /** The object nobody else may change meanwhile. */
  readonly locks?: string;
  run(): Reply;
}

/** Judges a request: a reply refuses it before its execution began, so nothing is stored under its key. */
export type PaymentOperation = (call: PaymentCall) => Prepared | Reply;

export function isReply<T extends object>(value: T | Reply): value is Reply {
  return 'status' in value && 'body' in value;
}

/** Reads the parameters of a request, or says in Stripe's words which one is wrong. */
export function readParams<T extends z.ZodType>(schema: T, input: unknown): { params: z.output<T> } | Reply {
  const parsed = schema.safeParse(input);
  if (parsed.success) return { params: parsed.data };
  const issue = parsed.error.issues[0];
  if (issue?.code === 'unrecognized_keys') {
    const param = issue.keys[0] ?? '';
    return invalidRequest(`Received unknown parameter: ${param}`, { code: 'parameter_unknown', param });
  }
  const [first = '', ...rest] = issue?.path.map(String) ?? [];
  const param = first + rest.map((part) => `[${part}]`).join('');
  if (valueAt(input, issue?.path ?? []) === undefined) {
    return invalidRequest(`Missing required param: ${param}.`, { code: 'parameter_missing', param });
  }
  return invalidRequest(`Invalid ${param}: ${issue?.message}`, { code: 'parameter_invalid', param });
}

export function newId(prefix: string): string {
  return `${prefix}_3${randomBytes(12).toString('hex')}`;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, part) => (value as Record<PropertyKey, unknown> | undefined)?.[part], input);
}
