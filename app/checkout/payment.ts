import type { Attempt, Attempts } from '@payonce/trpc-idempotency/client';
import type { LookUp, PayOutcome, TryEvent } from './payment-answers.ts';
import { isOpen, type PaymentAttempt, type PaymentInput, type PaymentState, type Try } from './payment-state.ts';
import { stateAfter, stateAtTheEnd, triesAfter, triesAtTheEnd } from './payment-steps.ts';
import type { Sending } from './send-payment.ts';

interface PaymentPorts {
  /** Keeps the key and the whole input from before the first byte until the outcome is known. */
  readonly attempts: Pick<Attempts<PaymentInput>, 'begin' | 'current' | 'end'>;
  /** Sends an attempt until there is an outcome or no more tries. Never rejects. */
  readonly send: (attempt: PaymentAttempt, sending: Sending) => Promise<PayOutcome>;
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

/** As long as the server carries a payment on without its buyer: later than this, somebody has to want it again. */
const CARRY_ON_MS = 15 * 60_000;

/**
 * One payment at a time. The lock is the state itself, changed before anything is awaited: a second tap, Enter beside
 * a click and a reload find the attempt that is there. An attempt is let go only when its outcome is known.
 */
export class Payment {
  readonly #ports: PaymentPorts;
  readonly #listeners = new Set<() => void>();
  #view: PaymentView;
  /** What a reload interrupted, until it is taken up again. */
  #interrupted: PaymentAttempt | null;
  /** Paid, and its receipt not shown yet. */
  #unseen: PaymentAttempt | null = null;

  constructor(ports: PaymentPorts) {
    const kept = ports.attempts.current();
    this.#ports = ports;
    this.#interrupted = kept && attemptOf(kept);
    this.#view = {
      state: this.#interrupted ? { kind: 'looking_up', attempt: this.#interrupted } : { kind: 'ready' },
      tries: [],
      cartId: kept?.input.cartId ?? null,
    };
  }

  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  readonly getSnapshot = () => this.#view;

  isOpen(): boolean {
    return isOpen(this.#view.state);
  }

  /** Finishes what a reload interrupted. Called when the page is there to show it; further calls do nothing. */
  async resume(): Promise<void> {
    const attempt = this.#interrupted;
    this.#interrupted = null;
    if (attempt) await this.#resolve(attempt, { mayResend: this.#ports.now() - attempt.startedAt < CARRY_ON_MS });
  }

  /** A Pay click. `withKey` false is the demonstration of what a key is for. */
  async pay(input: PaymentInput, { withKey }: { withKey: boolean }): Promise<void> {
    if (this.isOpen()) return;
    const { attempts, now } = this.#ports;
    const attempt = withKey ? attemptOf(attempts.begin(input)) : { reference: null, input, startedAt: now() };
    this.#show({ kind: 'sending', attempt }, []);
    await this.#send(attempt, { sentBefore: false });
  }

  /** The same attempt once more, after we had stopped. Never a new one. */
  async checkAgain(): Promise<void> {
    const { state } = this.#view;
    if (state.kind !== 'unknown') return;
    this.#show({ kind: 'looking_up', attempt: state.attempt });
    await this.#resolve(state.attempt, { mayResend: true });
  }

  /** The receipt is on the screen. Only now is a paid attempt let go: a reload on the way there must find it again. */
  receiptShown(): void {
    if (this.#unseen) this.#release(this.#unseen);
    this.#unseen = null;
  }

  /** The outcome has been seen: the screen may offer the next payment. */
  dismiss(): void {
    if (!this.isOpen()) this.#show({ kind: 'ready' });
  }

  /** Asks first; what is not final is sent again under the same key, which continues it and starts nothing new. */
  async #resolve(attempt: PaymentAttempt, { mayResend }: { mayResend: boolean }): Promise<void> {
    if (attempt.reference === null) return this.#send(attempt, { sentBefore: true });
    const answer = await this.#ports.lookUp(attempt.reference);
    if (answer.kind !== 'not_final') return this.#conclude(attempt, answer);
    return mayResend ? this.#send(attempt, { sentBefore: true }) : this.#conclude(attempt, { kind: 'unknown' });
  }

  async #send(attempt: PaymentAttempt, { sentBefore }: Pick<Sending, 'sentBefore'>): Promise<void> {
    const observe = (event: TryEvent) => {
      const { tries } = this.#view;
      this.#show(stateAfter(attempt, event, tries), triesAfter(tries, event, this.#ports.now()));
    };
    const outcome = await this.#ports.send(attempt, { observe, sentBefore });
    this.#conclude(attempt, outcome);
  }

  #conclude(attempt: PaymentAttempt, outcome: PayOutcome): void {
    const { now, onPaid } = this.#ports;
    switch (outcome.kind) {
      case 'unknown':
        // Only an outcome that is known frees the key.
        break;
      case 'paid':
        this.#unseen = attempt;
        onPaid(attempt.input.cartId);
        break;
      case 'declined':
      case 'refused':
        this.#release(attempt);
    }
    this.#show(stateAtTheEnd(attempt, outcome), triesAtTheEnd(this.#view.tries, outcome, now()));
  }

  #release({ reference, input, startedAt }: PaymentAttempt): void {
    if (reference !== null) this.#ports.attempts.end({ key: reference, input, createdAt: startedAt });
  }

  #show(state: PaymentState, tries = this.#view.tries): void {
    const cartId = 'attempt' in state ? state.attempt.input.cartId : this.#view.cartId;
    this.#view = { state, tries, cartId };
    for (const listener of this.#listeners) listener();
  }
}

function attemptOf({ key, input, createdAt }: Attempt<PaymentInput>): PaymentAttempt {
  return { reference: key, input, startedAt: createdAt };
}
