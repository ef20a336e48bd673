import { TOTAL_DEADLINE_MS } from '@payonce/trpc-idempotency/client';
import { FORWARD_WINDOW_MS } from './checkout/forward-window.ts';
import { DRAIN_MS } from './drain.ts';
import { EnvError } from './env.ts';
import { PROVIDER_KEY_LIFE_MS, PROVIDER_TIMEOUT_MS } from './payments/stripe-client.ts';

/** How long each party keeps trying, or remembers, in milliseconds. */
export interface Windows {
  readonly providerCallMs: number;
  readonly drainMs: number;
  readonly clientTotalMs: number;
  readonly forwardWindowMs: number;
  readonly providerKeyLifeMs: number;
  readonly retentionMs: number;
}

/** Each number from where it is used. */
export function windowsWith({ retentionMs }: Pick<Windows, 'retentionMs'>): Windows {
  return {
    providerCallMs: PROVIDER_TIMEOUT_MS,
    drainMs: DRAIN_MS,
    clientTotalMs: TOTAL_DEADLINE_MS,
    forwardWindowMs: FORWARD_WINDOW_MS,
    providerKeyLifeMs: PROVIDER_KEY_LIFE_MS,
    retentionMs,
  };
}

type Order = readonly [shorter: keyof Windows, longer: keyof Windows, otherwise: string];

/**
 *   call to the provider < drain < client's total < forward window < provider's memory of its keys
 *                                                                  < our memory of our answers
 */
const ORDERS: readonly Order[] = [
  ['providerCallMs', 'drainMs', 'a payment under way would be cut off when the process is told to end'],
  ['drainMs', 'clientTotalMs', 'a client would give up before a restart is over'],
  ['clientTotalMs', 'forwardWindowMs', 'a payment would expire while its client still tries'],
  ['forwardWindowMs', 'providerKeyLifeMs', 'the provider could charge again under a key that it has forgotten'],
  ['forwardWindowMs', 'retentionMs', 'a payment could be begun anew while it may still be carried on'],
];

/** A shop whose windows do not nest must not start: what goes wrong then costs somebody money. */
export function assertWindowsNest(windows: Windows): void {
  for (const [shorter, longer, otherwise] of ORDERS) {
    if (windows[shorter] < windows[longer]) continue;
    const given = `${shorter} (${windows[shorter]}) must be shorter than ${longer} (${windows[longer]})`;
    throw new EnvError(`The windows do not nest: ${given}, or ${otherwise}.`);
  }
}
