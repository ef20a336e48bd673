import type { Sleep } from '@payonce/retry';
import type { AttemptStorage } from './attempt-shelf.ts';

/**
 * Which tab sends. It spares the buyer two tabs that tell different stories; it is no lock that money depends on: two
 * tabs that both believe it is theirs send the same key, and the server makes that one payment.
 */
export interface Turns {
  /** The turn, or null while another tab has it. Never rejects. */
  take(): Promise<Turn | null>;
  /** The turn once nobody has it: who had it let go, or is gone. Null when the signal aborts. Never rejects. */
  queue(signal: AbortSignal): Promise<Turn | null>;
}

export interface Turn {
  release(): void;
}

/** By Web Locks, which the browser takes back from a tab that crashed. They exist in secure contexts alone. */
export function lockTurns(locks: Pick<LockManager, 'request'>, name: string): Turns {
  const request = (options: LockOptions) =>
    new Promise<Turn | null>((resolve) => {
      const held = (lock: Lock | null) =>
        new Promise<void>((release) => {
          if (lock) return resolve({ release });
          resolve(null);
          release();
        });
      locks.request(name, options, held).catch(() => resolve(options.signal?.aborted ? null : UNSHARED));
    });
  return { take: () => request({ ifAvailable: true }), queue: (signal) => request({ signal }) };
}

/** A page that may not lock shares nothing with other tabs either. */
const UNSHARED: Turn = { release: () => undefined };

/** After this a tab that said nothing is taken to be gone. Hidden tabs run their timers once a second. */
const GONE_MS = 4_000;
const BEAT_MS = 1_000;
/**
 * Longer than storage takes from one process of a browser to another, also on a busy machine, where 60 were once too
 * few, and shorter than a person minds.
 */
const SETTLE_MS = 150;

export interface ClaimPorts {
  readonly storage: AttemptStorage | null;
  readonly storageKey: string;
  /** Who this tab is: different in every tab. */
  readonly tab: string;
  /** The wall clock, which the tabs share. */
  readonly now: () => number;
  readonly wait: Sleep;
}

/** By a claim in storage that its owner renews, for pages without a secure context, such as a phone on the local network. */
export function claimTurns({ storage, storageKey, tab, now, wait }: ClaimPorts): Turns {
  const never = new AbortController().signal;

  function owner(): string | null {
    try {
      const { by, at } = JSON.parse(storage?.getItem(storageKey) ?? '{}') as { by?: unknown; at?: unknown };
      // A date far ahead is from a clock that was set back since, and would hold for ever.
      const isFresh = typeof at === 'number' && Math.abs(now() - at) < GONE_MS;
      return isFresh && typeof by === 'string' ? by : null;
    } catch {
      return null;
    }
  }

  /** False when storage does not take it: then there is nobody to share with. */
  function claim(): boolean {
    try {
      storage?.setItem(storageKey, JSON.stringify({ by: tab, at: now() }));
      return storage !== null && owner() === tab;
    } catch {
      return false;
    }
  }

  async function hold(): Promise<Turn> {
    const over = new AbortController();
    void (async () => {
      for (;;) {
        await wait(BEAT_MS, over.signal);
        if (over.signal.aborted) return;
        claim();
      }
    })();
    return {
      release() {
        over.abort();
        try {
          if (owner() === tab) storage?.removeItem(storageKey);
        } catch {
          // It goes stale by itself.
        }
      },
    };
  }

  async function take(): Promise<Turn | null> {
    const before = owner();
    if (before !== null) return null;
    if (!claim()) return UNSHARED;
    // Another tab may have claimed it in the same moment: whose claim is the last one, both see the same.
    await wait(SETTLE_MS, never);
    return owner() === tab ? hold() : null;
  }

  return {
    take,
    async queue(signal) {
      for (;;) {
        if (signal.aborted) return null;
        const turn = await take();
        if (turn) return turn;
        await wait(BEAT_MS / 2, signal);
      }
    },
  };
}
