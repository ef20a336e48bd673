/** The promise, word for word as the README gives it: line 1 is the first. */
export const PROMISE = [
  'at most one order, one stock decrement per line and one captured charge',
  'once a final answer exists, every retry gets that answer: same status, same body',
  'never "failed" while money may have moved: paid, refused, or not known yet, same key, ask again',
  'what was confirmed survives a crash of the process, and a power cut if the disk honours fsync',
  'never more sold than in stock',
  'a key reused with other content is refused and changes nothing; a key still running answers 409 with Retry-After',
  'nobody else can read or disturb a result by knowing its key',
  'the confirmation email is sent at least once, under a stable Message-ID, and shown once',
  'when the faults end, every started payment reaches a final state by itself, client or no client',
  'the client adds a bounded load to a service that is down: retry budget, full jitter, breaker',
] as const;
