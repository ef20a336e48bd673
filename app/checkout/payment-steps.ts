import type { LookUp, PayOutcome, TryEvent } from './payment-answers.ts';
import type { PaymentAttempt, PaymentState, Try, TryWait } from './payment-state.ts';
import type { PaymentView } from './payment-view.ts';

/** Where a payment stands after something happened to one of its tries. */
export function stateAfter(attempt: PaymentAttempt, event: TryEvent, { state, tries }: PaymentView): PaymentState {
  switch (event.kind) {
    case 'try': {
      const since = state.kind === 'offline' ? { attempt, backOnline: true as const } : { attempt };
      if (tries.length === 0) return { kind: 'sending', ...since };
      return tries.at(-1)?.ending === 'in_use'
        ? { kind: 'in_progress', ...since }
        : { kind: 'retrying', ...since, waitMs: null };
    }
    case 'offline':
      return { kind: 'offline', attempt };
    case 'shop_silent':
      return { kind: 'shop_silent', attempt, waitMs: event.waitMs };
    case 'failed': {
      const { cause, wait } = event;
      if (cause === 'in_use') return { kind: 'in_progress', attempt };
      return { kind: tries.length === 1 ? 'no_answer' : 'retrying', attempt, waitMs: wait.waitMs };
    }
  }
}

export function stateAtTheEnd(attempt: PaymentAttempt, outcome: PayOutcome): PaymentState {
  const { cartId } = attempt.input;
  switch (outcome.kind) {
    case 'paid':
      return { kind: 'paid', cartId, orderId: outcome.orderId };
    case 'declined':
      return outcome;
    case 'refused':
      return { ...outcome, input: attempt.input };
    case 'unknown':
      return { ...outcome, attempt };
  }
}

export function triesAfter(tries: readonly Try[], event: TryEvent, now: number): readonly Try[] {
  switch (event.kind) {
    case 'try':
      return [...tries, { number: tries.length + 1, startedAt: now, endedAt: null, ending: 'waiting', wait: null }];
    case 'failed':
      return ended(tries, { endedAt: now, ending: event.cause, wait: event.wait });
    case 'offline':
    case 'shop_silent':
      return tries.map((one, index) => (index === tries.length - 1 ? heldUp(one, event.kind) : one));
  }
}

export function triesAtTheEnd(tries: readonly Try[], outcome: PayOutcome, now: number): readonly Try[] {
  return ended(tries, { endedAt: now, ending: outcome.kind === 'unknown' ? 'no_answer' : 'answered', wait: null });
}

function ended(tries: readonly Try[], end: Pick<Try, 'endedAt' | 'ending' | 'wait'>): readonly Try[] {
  return tries.map((one) => (one.endedAt === null ? { ...one, ...end } : one));
}

function heldUp(one: Try, heldUpBy: NonNullable<TryWait['heldUpBy']>): Try {
  return one.wait ? { ...one, wait: { ...one.wait, heldUpBy } } : one;
}

/**
 * What an answer means for an attempt that its buyer wants to be rid of. What has never been seen may go: should it
 * still arrive, the shop takes one payment for a cart and no second one.
 */
export function outcomeToLetGo(answer: LookUp): PayOutcome {
  switch (answer.kind) {
    case 'not_final':
      return { kind: 'unknown', notLetGo: 'still_working' };
    case 'unknown':
      return { kind: 'unknown', notLetGo: 'no_answer' };
    case 'never_seen':
      return { kind: 'refused', reason: 'never_arrived', extras: {} };
    default:
      return answer;
  }
}

/** As long as the server carries a payment on without its buyer: later than this, somebody has to want it again. */
const CARRY_ON_MS = 15 * 60_000;

/**
 * Whether an attempt that is found again may be sent again without anybody asking for it. One from a time that has not
 * come yet is as old as anything: the clock is wrong, or was.
 */
export function mayCarryOn({ startedAt }: PaymentAttempt, now: number): boolean {
  return Math.abs(now - startedAt) < CARRY_ON_MS;
}
