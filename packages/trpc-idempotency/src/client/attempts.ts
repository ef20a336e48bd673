import { wallTime } from '@payonce/retry';
import { v7 as uuidV7 } from 'uuid';
import type { Attempt } from './attempt.ts';
import { type AttemptStorage, createShelf } from './attempt-shelf.ts';
import type { KeyStrategy } from './composite-key.ts';

export interface Attempts<Input> {
  /** The attempt under way if there is one, whatever its input; else a new one, stored before this returns. */
  begin(input: Input): Attempt<Input>;
  current(): Attempt<Input> | null;
  /** Forgets the attempt. Only once its outcome is known: settled or refused. Another one under way stays. */
  end(attempt: Attempt<Input>): void;
  /** False when storage is full or forbidden: it works all the same, but a reload would lose the attempt. */
  isDurable(): boolean;
}

export interface AttemptsOptions<Input = unknown> {
  /** `localStorage`, so that a second tab and the next visit find the attempt; null when the browser forbids it. */
  readonly storage: AttemptStorage | null;
  readonly storageKey: string;
  /** Default: UUID v7, which needs no secure context. `compositeKey` makes it from the input. */
  readonly newKey?: KeyStrategy<Input>;
  /** Unix milliseconds. */
  readonly now?: () => number;
}

/**
 * Holds at most one attempt. Nothing here is awaited, which makes it a lock: a double tap, Enter beside a click, and a
 * click after a reload all get the attempt that is there, and so send the same key.
 */
export function createAttempts<Input>({
  storage,
  storageKey,
  newKey = () => uuidV7(),
  now = wallTime,
}: AttemptsOptions<Input>): Attempts<Input> {
  const shelf = createShelf<Input>(storage, storageKey);
  return {
    begin(input) {
      const underWay = shelf.read();
      if (underWay) return underWay;
      const attempt = { key: newKey(input), input, createdAt: Math.floor(now()) };
      shelf.write(attempt);
      return attempt;
    },
    current: shelf.read,
    end: ({ key }) => shelf.remove(key),
    isDurable: shelf.isDurable,
  };
}
