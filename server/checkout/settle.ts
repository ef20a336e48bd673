import { proceed } from '@payonce/trpc-idempotency';
import { nextConfirmNumber } from '#db/payments.ts';
import type { ProviderFailure } from '../payments/failure.ts';
import { CANCELLED_FOR_AUTHENTICATION, type Expectation, meaningOf } from '../payments/intent.ts';
import type { PaymentProvider, ProviderAnswer } from '../payments/provider.ts';
import type { PayRun } from './pay-run.ts';
import { type Refusal, refusalOf } from './refusal.ts';

/** How an attempt stands at the provider. `refused`: definitely, and its intent can no longer be charged. */
export type Settlement =
  | { readonly kind: 'captured'; readonly intentId: string; readonly chargeId: string }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'unknown'; readonly alarm: string | null };

export interface Settling {
  readonly provider: PaymentProvider;
  readonly run: PayRun;
  readonly intentId: string;
  readonly expected: Expectation;
  /** Part of the key of a confirm: the same number is the same confirm, however often it is sent. */
  readonly confirmNumber: number;
  /** Too late to begin what has not begun; what was captured is adopted all the same. Asked before each confirm. */
  readonly isTooLate: () => boolean;
}

/** A confirm, a look after it, one more confirm after an answered 5xx, a look after that. Then the client asks again. */
const STEPS_MAX = 4;

/**
 *   first run ──► confirm ── answer ──► what it means
 *                    │
 *                    └─ no word ──► look ──► what it means
 *   resumed run ───────────────────► look ── unconfirmed ──► confirm, with the number that is stored
 *
 * An earlier run may have confirmed before it crashed, so a resumed one looks before it leaps. So does a first one that
 * slept until it was too late: it finds its intent unconfirmed, and cancels it.
 */
export async function settle(settling: Settling): Promise<Settlement> {
  let confirmNumber = settling.confirmNumber;
  let lastFailure: ProviderFailure['kind'] | undefined;
  let isLooking = settling.run.resumed;

  for (let step = 0; step < STEPS_MAX; step += 1) {
    isLooking ||= settling.isTooLate();
    const answer = isLooking ? await look(settling) : await confirm(settling, confirmNumber);
    if (answer.kind !== 'intent') {
      const definite = await definiteEnd(answer, settling);
      if (definite) return definite;
      if (isLooking)
        return { kind: 'unknown', alarm: answer.kind === 'missing' ? `no intent ${settling.intentId}` : null };
      lastFailure = answer.kind;
      isLooking = true;
      continue;
    }

    const meaning = meaningOf(answer.intent, settling.expected);
    switch (meaning.kind) {
      case 'captured':
        return meaning;
      case 'declined':
        return cancelled(refusalOf(meaning.decline), settling);
      case 'authentication-required':
        return cancelled({ reason: 'authentication_required' }, settling);
      case 'cancelled':
        return { kind: 'refused', refusal: { reason: 'payment_expired' } };
      case 'unknown':
        return meaning;
      case 'unconfirmed':
        if (settling.isTooLate()) return cancelled({ reason: 'payment_expired' }, settling);
        // No word after a confirm: it may still be on its way, and only the provider can say when it is not.
        if (lastFailure === 'no-word' || lastFailure === 'turned-away') return { kind: 'unknown', alarm: null };
        // The 5xx is stored under its key and would be replayed for ever; the look proved that nothing came of it.
        if (lastFailure === 'server-error') confirmNumber = await raiseConfirmNumber(settling, confirmNumber);
        isLooking = false;
    }
  }
  return { kind: 'unknown', alarm: null };
}

function confirm({ run, provider, intentId, expected }: Settling, confirmNumber: number): Promise<ProviderAnswer> {
  return run.call('confirm', () => provider.confirm(intentId, `${expected.attemptId}:confirm:${confirmNumber}`));
}

function look({ run, provider, intentId }: Settling): Promise<ProviderAnswer> {
  return run.call('retrieve', () => provider.retrieve(intentId));
}

/** What a failed call settles by itself; undefined when only a look can tell. */
async function definiteEnd(failure: ProviderFailure, settling: Settling): Promise<Settlement | undefined> {
  switch (failure.kind) {
    case 'declined':
      return cancelled(refusalOf(failure.decline), settling);
    case 'method-invalid':
      return cancelled({ reason: 'payment_method_invalid' }, settling);
    case 'credentials-refused':
      return { kind: 'unavailable' };
    case 'server-error':
    case 'missing':
    case 'turned-away':
    case 'no-word':
      return undefined;
  }
}

/** A refusal is told only once the intent can no longer be charged; until then the outcome is not known. */
async function cancelled(refusal: Refusal, { run, provider, intentId }: Settling): Promise<Settlement> {
  const reason = refusal.reason === 'authentication_required' ? CANCELLED_FOR_AUTHENTICATION : undefined;
  let answer = await run.call('cancel', () => provider.cancel(intentId, reason));
  // An earlier run may have cancelled it: then the provider refuses a second time, and a look shows it done.
  if (answer.kind !== 'intent') answer = await run.call('retrieve', () => provider.retrieve(intentId));
  if (answer.kind === 'intent' && answer.intent.status === 'canceled') return { kind: 'refused', refusal };
  return { kind: 'unknown', alarm: null };
}

/** A phase of its own, so that the number is durable before the key that carries it leaves. */
async function raiseConfirmNumber({ run, expected }: Settling, last: number): Promise<number> {
  const raised = await run.phase(`confirm_${last + 1}`, async (tx) =>
    proceed({ confirmNumber: await nextConfirmNumber(tx, expected.attemptId) }),
  );
  return raised.data.confirmNumber;
}
