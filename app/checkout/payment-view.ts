import type { PaymentState, Try } from './payment-state.ts';

/** A payment as a screen sees it. Plain data: the tab that sends tells it to the others. */
export interface PaymentView {
  readonly state: PaymentState;
  /** The requests of the last attempt, oldest first. */
  readonly tries: readonly Try[];
  /** The cart of that attempt, whose bill stays in sight when the next cart has taken its place. */
  readonly cartId: string | null;
  /** Its key, or null when it had none: all its requests carried it. */
  readonly reference: string | null;
  /** False when the browser keeps nothing: a reload would lose the attempt. */
  readonly survivesReload: boolean;
  /** Another tab sends it, and this one shows what that one tells. */
  readonly isElsewhere: boolean;
}

/** Before anybody has paid, and on the server, where nobody can know. */
export const NO_PAYMENT: PaymentView = {
  state: { kind: 'ready' },
  tries: [],
  cartId: null,
  reference: null,
  survivesReload: true,
  isElsewhere: false,
};

/** Holds the view that is shown, for React and for whoever else wants to know. */
export function createShown(first: PaymentView) {
  let view = first;
  const listeners = new Set<() => void>();
  return {
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    getSnapshot: () => view,
    become(next: PaymentView) {
      view = next;
      for (const listener of listeners) listener();
    },
  };
}
