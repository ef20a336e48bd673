/** Milliseconds that only go forward, for deadlines: the wall clock may be set while a call is under way. */
export const monotonicTime = (): number => performance.now();

/** Unix milliseconds, for dates that others wrote. The clock as it stood when the page or process began, and what has passed since. */
export const wallTime = (): number => performance.timeOrigin + performance.now();
