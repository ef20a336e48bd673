import { createHurry } from '@payonce/retry';
import type { Turn } from '@payonce/trpc-idempotency/client';
import type { LookUp, PayOutcome, TryEvent } from './payment-answers.ts';
import { ALONE, type PaymentPorts } from './payment-ports.ts';
import {
  attemptIn,
  attemptOf,
  isFor,
  isOpen,
  isUnderWay,
  type PaymentAttempt,
  type PaymentInput,
  type PaymentState,
} from './payment-state.ts';
import { mayCarryOn, outcomeToLetGo, stateAfter, stateAtTheEnd, triesAfter, triesAtTheEnd } from './payment-steps.ts';
import { createShown, NO_PAYMENT, type PaymentView } from './payment-view.ts';
import type { Sending } from './send-payment.ts';

/**
 * One payment at a time. The lock is taken before anything is awaited: a second tap, Enter beside a click and a reload
 * find the attempt that is there. Of several tabs one has the turn and sends, the others show what it tells. An attempt
 * is let go only when its outcome is known.
 */
export class Payment {
  readonly #ports: PaymentPorts;
  readonly #hurry = createHurry();
  readonly #shown: ReturnType<typeof createShown>;
  /** What a reload interrupted, until it is taken up again. */
  #interrupted: PaymentAttempt | null;
  /** Paid, and its receipt not shown yet. */
  #unseen: PaymentAttempt | null = null;
  /** This page is about to send, or sends, or asks. */
  #busy = false;
  #stopping = new AbortController();
  /** Set while another tab sends. */
  #followed: { readonly isOwnCart: boolean; readonly over: AbortController } | null = null;

  constructor(ports: PaymentPorts) {
    const kept = ports.attempts.current();
    this.#ports = ports;
    this.#interrupted = kept && attemptOf(kept);
    this.#shown = createShown({
      ...NO_PAYMENT,
      ...(this.#interrupted && { state: { kind: 'looking_up', attempt: this.#interrupted } }),
      cartId: kept?.input.cartId ?? null,
      reference: kept?.key ?? null,
    });
    ports.tabs?.hear({
      onNews: (view) => this.#hear(view),
      onAsked: () => this.#busy && ports.tabs?.tell(this.#view),
    });
  }

  readonly subscribe = (listener: () => void) => this.#shown.subscribe(listener);
  readonly getSnapshot = () => this.#shown.getSnapshot();

  get #view(): PaymentView {
    return this.#shown.getSnapshot();
  }

  isOpen(): boolean {
    return isOpen(this.#view.state);
  }

  /** Finishes what a reload interrupted. Called when the page is there to show it; further calls do nothing. */
  async resume(): Promise<void> {
    const attempt = this.#interrupted;
    this.#interrupted = null;
    if (!attempt) return;
    const mayResend = mayCarryOn(attempt, this.#ports.now());
    await this.#inTurn(() => this.#resolve(attempt, { mayResend }));
  }

  /** A Pay click. `withKey` false is the demonstration of what a key is for. */
  async pay(input: PaymentInput, { withKey }: { withKey: boolean }): Promise<void> {
    if (this.isOpen()) return;
    const { attempts, now } = this.#ports;
    if (!withKey) {
      const attempt = { reference: null, input, startedAt: now() };
      this.#stopping = new AbortController();
      this.#show({ kind: 'sending', attempt }, []);
      return this.#send(attempt, { sentBefore: false });
    }
    await this.#inTurn(async () => {
      const found = attempts.current();
      const attempt = attemptOf(attempts.begin(input));
      this.#show({ kind: 'sending', attempt }, []);
      // One that lay there was perhaps sent, by a tab that crashed. If this tap means something else, it does not send it.
      if (found) return this.#resolve(attempt, { mayResend: isFor(attempt, input) });
      await this.#send(attempt, { sentBefore: false });
    });
  }

  /** The same attempt once more, after we had stopped. Never a new one. */
  async checkAgain(): Promise<void> {
    const { state } = this.#view;
    if (state.kind !== 'unknown') return;
    await this.#inTurn(() => this.#resolve(state.attempt, { mayResend: true }));
  }

  /**
   * The buyer wants another card or another cart while the outcome is unknown: the shop is asked first, and what it has
   * never seen is let go.
   */
  async letGo(): Promise<void> {
    const { state } = this.#view;
    if (state.kind !== 'unknown') return;
    const { attempt } = state;
    const { reference } = attempt;
    if (!reference) return;
    await this.#inTurn(async () => {
      this.#conclude(attempt, outcomeToLetGo(await this.#lookUp(attempt, reference, { toLetGo: true })));
    });
  }

  /** No more tries: the outcome stays unknown, and its key is kept. */
  readonly stop = () => this.#stopping.abort();

  /** The next try without the rest of its drawn wait. */
  readonly tryNow = () => this.#hurry.now();

  /** The receipt is on the screen. Only now is a paid attempt let go: a reload on the way there must find it again. */
  receiptShown(): void {
    if (this.#unseen) this.#release(this.#unseen);
    this.#unseen = null;
  }

  /** The outcome has been seen: the screen may offer the next payment. */
  dismiss(): void {
    if (!this.isOpen()) this.#show({ kind: 'ready' });
  }

  /** Does it when no other tab is at it, and otherwise shows what that one does. One thing at a time. */
  async #inTurn(work: () => Promise<void>): Promise<void> {
    if (this.#busy || this.#followed) return;
    const { tabs, attempts } = this.#ports;
    this.#busy = true;
    const { state } = this.#view;
    const turn = tabs ? await tabs.take() : ALONE;
    if (turn) return this.#with(turn, work);
    this.#busy = false;
    const kept = attempts.current();
    if (kept && !isUnderWay(state)) this.#show({ kind: 'in_progress', attempt: attemptOf(kept) }, []);
    // Whoever had the turn may have been letting it go: a tap stands as long as the screen says what it said.
    await this.#follow(async () => (this.#view.state === state ? work() : undefined));
  }

  async #with(turn: Turn, work: () => Promise<void>): Promise<void> {
    this.#busy = true;
    this.#stopping = new AbortController();
    try {
      await work();
    } finally {
      this.#busy = false;
      turn.release();
    }
  }

  /** Shows what another tab tells, until that one is done or gone. What it left under way is then taken up here. */
  async #follow(otherwise: () => Promise<void>): Promise<void> {
    const { tabs, isOwnCart = () => true } = this.#ports;
    if (!tabs || this.#followed) return;
    const { cartId } = this.#view;
    const over = new AbortController();
    this.#followed = { isOwnCart: cartId === null || isOwnCart(cartId), over };
    this.#become({ ...this.#view, isElsewhere: true });
    tabs.ask();
    const turn = await tabs.queue(over.signal);
    this.#followed = null;
    const { state } = this.#view;
    if (isOpen(state)) this.#become({ ...this.#view, isElsewhere: false });
    const left = isUnderWay(state) ? attemptIn(state) : null;
    if (turn) await this.#with(turn, () => (left ? this.#resolve(left, { mayResend: true }) : otherwise()));
  }

  #hear(view: PaymentView): void {
    if (this.#busy) return;
    if (!this.#followed) {
      if (!isUnderWay(view.state)) return;
      this.#become({ ...view, isElsewhere: true });
      return void this.#follow(async () => undefined);
    }
    const { isOwnCart, over } = this.#followed;
    if (!isUnderWay(view.state)) over.abort();
    if (view.state.kind === 'paid' && isOwnCart) {
      this.#unseen = attemptIn(this.#view.state);
      this.#ports.onPaid(view.state.cartId);
    }
    // Another cart was paid there; the buyer here has seen it happen and has a cart of their own.
    const isOver = !isOpen(view.state) && !isOwnCart;
    this.#become({ ...view, ...(isOver && { state: { kind: 'ready' } }), isElsewhere: true });
  }

  #lookUp(attempt: PaymentAttempt, reference: string, why: { readonly toLetGo?: true } = {}): Promise<LookUp> {
    this.#show({ kind: 'looking_up', attempt, ...why });
    return this.#ports.lookUp(reference, this.#stopping.signal);
  }

  /** Asks first; what is not final is sent again under the same key, which continues it and starts nothing new. */
  async #resolve(attempt: PaymentAttempt, { mayResend }: { mayResend: boolean }): Promise<void> {
    if (attempt.reference === null) return this.#send(attempt, { sentBefore: true });
    const answer = await this.#lookUp(attempt, attempt.reference);
    if (answer.kind !== 'not_final' && answer.kind !== 'never_seen') return this.#conclude(attempt, answer);
    return mayResend && !this.#stopping.signal.aborted
      ? this.#send(attempt, { sentBefore: true })
      : this.#conclude(attempt, { kind: 'unknown' });
  }

  async #send(attempt: PaymentAttempt, { sentBefore }: Pick<Sending, 'sentBefore'>): Promise<void> {
    const { send, now } = this.#ports;
    const observe = (event: TryEvent) =>
      this.#show(stateAfter(attempt, event, this.#view), triesAfter(this.#view.tries, event, now()));
    const triesBefore = this.#view.tries.length;
    const { signal } = this.#stopping;
    this.#conclude(attempt, await send(attempt, { observe, sentBefore, triesBefore, signal, hurry: this.#hurry }));
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
    const attempt = attemptIn(state);
    const { cartId, reference } = attempt ? { ...attempt.input, ...attempt } : this.#view;
    const survivesReload = reference === null || this.#ports.attempts.isDurable();
    this.#become({ state, tries, cartId, reference, survivesReload, isElsewhere: false });
    if (this.#busy) this.#ports.tabs?.tell(this.#view);
  }

  #become(view: PaymentView): void {
    this.#shown.become(view);
  }
}
