import { type Logger, pino } from 'pino';

/** For what a person should look at. `error` is what was thrown; the values that hang on it are not shown. */
export type Alarm = (message: string, error?: unknown) => void;

/**
 * One JSON line per event on standard output. Written at once and not by a worker thread: the last line before a crash
 * is the one that somebody looks for.
 */
export function createLog(level: string): Logger {
  return pino({ level, serializers: { err: shownError } });
}

interface ShownError {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
  readonly cause?: ShownError;
  /** What several runs threw side by side; the first few. */
  readonly errors?: readonly ShownError[];
}

/**
 * Of an error only what a programmer wrote. Drivers and clients hang the values of the statement, or the whole request,
 * on what they throw: keys, e-mail addresses and card tokens that no log should hold.
 */
export function shownError(error: unknown): ShownError {
  if (!(error instanceof Error)) return { name: typeof error, message: 'something that is no error was thrown' };
  const { name, stack, cause } = error;
  return {
    name,
    message: withoutValues(error.message),
    ...('code' in error && typeof error.code === 'string' && { code: error.code }),
    ...(stack !== undefined && { stack: framesOf(stack) }),
    ...(cause !== undefined && { cause: shownError(cause) }),
    ...(error instanceof AggregateError && { errors: error.errors.slice(0, ERRORS_MAX).map(shownError) }),
  };
}

/** A query builder writes the values after the statement; a schema's complaint is about names, and JSON's is a quote. */
function withoutValues(message: string): string {
  return message.replace(/\nparams:[\s\S]*$/, '').slice(0, MESSAGE_MAX);
}

const MESSAGE_MAX = 500;

/** What fails side by side fails for one reason or two. */
const ERRORS_MAX = 3;

/** The first lines of a stack repeat the message. */
function framesOf(stack: string): string {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
}
