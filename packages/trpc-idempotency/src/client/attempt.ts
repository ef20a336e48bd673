/** One wish of the user, from the click until its outcome is known. However often it is sent, it is this one. */
export interface Attempt<Input> {
  /** Its idempotency key. */
  readonly key: string;
  /** All that is sent with the key. The same key with other content would be refused. */
  readonly input: Input;
  /** Unix milliseconds of the click. */
  readonly createdAt: number;
}
