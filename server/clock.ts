import { type UnixMs, unixMs } from '@payonce/trpc-idempotency';

/** The one place that reads the wall clock, so that a test can set it and a jump of it has one place to matter. */
export type Clock = () => UnixMs;

export const wallClock: Clock = () => unixMs(Date.now());
