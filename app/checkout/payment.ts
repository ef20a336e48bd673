import type { Attempt } from '@payonce/trpc-idempotency/client';
import type { LookUp, PayOutcome, TryEvent } from './payment-answers.ts';
import { isOpen, type PaymentAttempt, type PaymentInput, type PaymentState, type Try } from './payment-state.ts';

interface PaymentPorts {
  readonly attempts: {
    /** The attempt under way in this browser, if any; else a new one, stored whole before this returns. */
    begin(input: PaymentInput): Attempt<PaymentInput>;
    current(): Attempt<PaymentInput> | null;
    /** Forgets the key: its outcome is known. */
    end(attempt: Attempt<PaymentInput>): void;
  };
  /** Sends an attempt until there is an outcome or no more tries. Never rejects. */
  readonly send: (attempt: PaymentAttempt, observe: (event: TryEvent) => void) => Promise<PayOutcome>;
  /** Asks what became of a reference, without paying. Never rejects. */
  readonly lookUp: (reference: string) => Promise<LookUp>;
  readonly onPaid: (cartId: string) => void;
  readonly now: () => number;
}

export interface PaymentView {
  readonly state: PaymentState;
  /** The requests of the last attempt, oldest first. */
  readonly tries: readonly Try[];
  /** The cart of that attempt, whose bill stays in sight when the next cart has taken its place. */
  readonly cartId: string | null;
}

export type Payment = ReturnType<typeof createPayment>;

/** As long as the server carries a payment on without its buyer: later than this, somebody has to want it again. */
const CARRY_ON_MS = 15 * 60_000;

/**
 * One payment at a time. The lock is the state itself, changed before anything is awaited: a second tap, Enter beside
 * a click and a reload find the attempt that is there. An attempt is let go only when its outcome is known.
 */
export function createPayment(ports: PaymentPorts) {
  const kept = ports.attempts.current();
  const found = kept && attemptOf(kept);
  let view: PaymentView = {
    state: found ? { kind: 'looking_up', attempt: found } : { kind: 'ready' },
    tries: [],
    cartId: found?.input.cartId ?? null,
  };
  let resumed = false;
  const listeners = new Set<() => void>();

  function show(state: PaymentState, tries = view.tries) {
    const cartId = 'attempt' in state ? state.attempt.input.cartId : view.cartId;
    view = { state, tries, cartId };
    for (const listener of listeners) listener();
  }

  async function send(attempt: PaymentAttempt) {
    const outcome = await ports.send(attempt, (event) => {
      const next = stateAfter(attempt, event, view.tries);
      show(next, withEvent(view.tries, event, ports.now()));
    });
    conclude(attempt, outcome);
  }

  function conclude(attempt: PaymentAttempt, outcome: PayOutcome) {
    const tries = view.tries.map((last) => (last.endedAt === null ? answered(last, outcome, ports.now()) : last));
    if (outcome.kind === 'unknown') return show({ kind: 'unknown', attempt }, tries);
    if (attempt.reference !== null) {
      ports.attempts.end({ key: attempt.reference, input: attempt.input, createdAt: attempt.startedAt });
    }
    if (outcome.kind === 'paid') {
      ports.onPaid(attempt.input.cartId);
      return show({ kind: 'paid', cartId: attempt.input.cartId, orderId: outcome.orderId }, tries);
    }
    const { reason, extras } = outcome;
    if (outcome.kind === 'declined') return show({ kind: 'declined', reason, extras }, tries);
    show({ kind: 'refused', reason, extras, input: attempt.input }, tries);
  }

  /** Asks first; what is not final is sent again under the same key, which continues it and starts nothing new. */
  async function resolve(attempt: PaymentAttempt, { mayResend }: { mayResend: boolean }) {
    if (attempt.reference === null) return send(attempt);
    const answer = await ports.lookUp(attempt.reference);
    if (answer.kind !== 'not_final') return conclude(attempt, answer);
    return mayResend ? send(attempt) : conclude(attempt, { kind: 'unknown' });
  }

  return {
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    getSnapshot: () => view,
    isOpen: () => isOpen(view.state),
    /** Finishes what a reload interrupted. Called when the page is there to show it. */
    resume(): Promise<void> {
      if (!found || resumed) return Promise.resolve();
      resumed = true;
      return resolve(found, { mayResend: ports.now() - found.startedAt < CARRY_ON_MS });
    },
    /** A Pay click. `withKey` false is the demonstration of what a key is for. */
    pay(input: PaymentInput, { withKey }: { withKey: boolean }): Promise<void> {
      if (isOpen(view.state)) return Promise.resolve();
      const attempt = withKey
        ? attemptOf(ports.attempts.begin(input))
        : { reference: null, input, startedAt: ports.now() };
      show({ kind: 'sending', attempt }, []);
      return send(attempt);
    },
    /** The same attempt once more, after we had stopped. Never a new one. */
    checkAgain(): Promise<void> {
      if (view.state.kind !== 'unknown') return Promise.resolve();
      const { attempt } = view.state;
      show({ kind: 'looking_up', attempt });
      return resolve(attempt, { mayResend: true });
    },
    /** The outcome has been seen: the screen may offer the next payment. */
    dismiss() {
      if (!isOpen(view.state)) show({ kind: 'ready' });
    },
  };
}

function attemptOf({ key, input, createdAt }: Attempt<PaymentInput>): PaymentAttempt {
  return { reference: key, input, startedAt: createdAt };
}

function stateAfter(attempt: PaymentAttempt, event: TryEvent, tries: readonly Try[]): PaymentState {
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

function withEvent(tries: readonly Try[], event: TryEvent, now: number): readonly Try[] {
  switch (event.kind) {
    case 'try':
      return [...tries, { number: tries.length + 1, startedAt: now, endedAt: null, ending: 'waiting' }];
    case 'failed':
      return tries.map((last) => (last.endedAt === null ? { ...last, endedAt: now, ending: event.cause } : last));
    case 'offline':
      return tries;
  }
}

function answered(last: Try, outcome: PayOutcome, now: number): Try {
  return { ...last, endedAt: now, ending: outcome.kind === 'unknown' ? 'no_answer' : 'answered' };
}
