import { type UnixMs, unixMs } from '@payonce/trpc-idempotency';

/** The one place that reads the wall clock, so that a test can set it and a jump of it has one place to matter. */
export type Clock = () => UnixMs;

/** By how much a clock may be wrong, ours, another process's or the provider's, without the promise being broken. */
export const CLOCK_ERROR_MS = 60 * 60 * 1000;

export const wallClock: Clock = () => unixMs(Date.now());
