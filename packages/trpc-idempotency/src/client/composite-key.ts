export interface CompositeKeyParts {
  readonly customer: string;
  readonly cart: string;
  readonly version: number;
  /** Given by the server and raised by it after each refusal: a client that counted would forget with its storage. */
  readonly attemptNo: number;
}

/**
 * A key that is worked out instead of drawn. It needs no storage and two tabs come to the same one by themselves; in
 * return the server has to hand out the number, and a cart that changes and changes back meets its old key again.
 * Prefer a drawn key (`createAttempts`) wherever the client can store one.
 */
export function compositeKey({ customer, cart, version, attemptNo }: CompositeKeyParts): string {
  return [customer, cart, version, attemptNo].map((part) => encodeURIComponent(part)).join(':');
}
