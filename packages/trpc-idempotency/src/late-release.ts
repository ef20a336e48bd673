export interface LateRelease {
  readonly leaseMs: number;
  readonly onReleased: () => void;
}

/**
 * Gives a key back as soon as storage lets us: a file that is locked for some seconds must not cost its key a whole
 * lease, nor count as a crash. Ends with the lease, after which the key is free anyway. The fencing token keeps a late
 * one from touching the grant of another run.
 */
export function keepReleasing(release: () => Promise<boolean>, { leaseMs, onReleased }: LateRelease): void {
  const everyMs = Math.min(EVERY_MS, leaseMs);
  let triesLeft = Math.floor(leaseMs / everyMs);

  function later(): void {
    if (triesLeft === 0) return;
    triesLeft -= 1;
    // No reason for a process to stay alive.
    setTimeout(() => void release().then((released) => released && onReleased(), later), everyMs).unref();
  }

  later();
}

/** Often enough for a client that comes back after a second or two; each try may itself wait for the lock. */
const EVERY_MS = 1_000;
