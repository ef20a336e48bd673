import type { PayOutcome, TryEvent } from './payment-answers.ts';
import type { PaymentAttempt, PaymentState, Try } from './payment-state.ts';

/** Where a payment stands after something happened to one of its tries. */
export function stateAfter(attempt: PaymentAttempt, event: TryEvent, tries: readonly Try[]): PaymentState {
  switch (event.kind) {
    case 'try':
      if (tries.length === 0) return { kind: 'sending', attempt };
      return tries.at(-1)?.ending === 'in_use'
        ? { kind: 'in_progress', attempt }
        : { kind: 'retrying', attempt, waitMs: null };
    case 'offline':
      return { kind: 'offline', attempt };
    case 'failed': {
      const { cause, waitMs } = event;
      if (cause === 'in_use') return { kind: 'in_progress', attempt };
      return tries.length === 1 ? { kind: 'no_answer', attempt, waitMs } : { kind: 'retrying', attempt, waitMs };
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
      return { kind: 'unknown', attempt };
  }
}

export function triesAfter(tries: readonly Try[], event: TryEvent, now: number): readonly Try[] {
  switch (event.kind) {
    case 'try':
      return [...tries, { number: tries.length + 1, startedAt: now, endedAt: null, ending: 'waiting' }];
    case 'failed':
      return ended(tries, event.cause, now);
    case 'offline':
      return tries;
  }
}

export function triesAtTheEnd(tries: readonly Try[], outcome: PayOutcome, now: number): readonly Try[] {
  return ended(tries, outcome.kind === 'unknown' ? 'no_answer' : 'answered', now);
}

function ended(tries: readonly Try[], ending: Try['ending'], now: number): readonly Try[] {
  return tries.map((one) => (one.endedAt === null ? { ...one, endedAt: now, ending } : one));
}
