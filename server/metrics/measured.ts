import { monotonicTime } from '@payonce/retry';

export interface MeasuredCall {
  /** The name of the method. */
  readonly call: string;
  /** The `kind` of what it gave; `ok` for what has none, `threw` for an error. */
  readonly answer: string;
}

/** The same service, with each of its asynchronous calls told of when it has ended. */
export function measured<Service extends object>(
  service: Service,
  onEnd: (call: MeasuredCall, durationMs: number) => void,
): Service {
  const members = Object.entries(service).map(([call, member]) => [
    call,
    typeof member === 'function'
      ? measuredMethod(member as Method, (answer, ms) => onEnd({ call, answer }, ms))
      : member,
  ]);
  return Object.fromEntries(members) as Service;
}

type Method = (...input: readonly unknown[]) => unknown;

function measuredMethod(method: Method, onEnd: (answer: string, durationMs: number) => void): Method {
  return (...input) => {
    const startedAt = monotonicTime();
    const result = method(...input);
    if (!(result instanceof Promise)) return result;
    const end = (answer: string) => onEnd(answer, monotonicTime() - startedAt);
    result.then(
      (value: unknown) => end(kindOf(value)),
      // Whoever called hears of it.
      () => end('threw'),
    );
    return result;
  };
}

function kindOf(result: unknown): string {
  const hasKind = typeof result === 'object' && result !== null && 'kind' in result && typeof result.kind === 'string';
  return hasKind ? (result.kind as string) : 'ok';
}
