import type { Reply } from '../http/reply.ts';
import type { FaultScript } from './fault-script.ts';
import type { Strikes } from './faults.ts';

/** What reaches the caller: nothing, the first half of an answer, or the answer. */
export type Delivery =
  | { readonly kind: 'cut' }
  | { readonly kind: 'cut_midway'; readonly reply: Reply }
  | { readonly kind: 'answered'; readonly reply: Reply; readonly times: 1 | 2 };

/** Does the work, with the faults that strike it before and after. `sleep` rejects when the sandbox stops. */
export async function underFaults(
  strikes: Strikes,
  sleep: (ms: number) => Promise<void>,
  work: () => Reply | Promise<Reply>,
): Promise<Delivery> {
  const delay = strikes.get('delay');
  if (delay) await sleep(delay.delayMs ?? delayMsDefault);
  if (strikes.has('refuse')) return { kind: 'cut' };
  const limit = strikes.get('rate_limit');
  if (limit) return answered(rateLimited(limit));
  const error = strikes.get('error');
  if (error && !error.saved) return answered(failure(error));

  const done = await work();

  const delayAnswer = strikes.get('delay_answer');
  if (delayAnswer) await sleep(delayAnswer.delayMs ?? delayMsDefault);
  if (strikes.has('drop_answer')) return { kind: 'cut' };
  const errorAfter = strikes.get('error_after');
  const reply = altered(errorAfter ? failure(errorAfter) : done, strikes.get('alter_answer'));
  if (strikes.has('cut_answer')) return { kind: 'cut_midway', reply };
  return answered(reply, strikes.has('answer_twice') ? 2 : 1);
}

/** The answer of an `error` or `error_after`. */
export function failure({ status, retryAfter }: FaultScript): Reply {
  return {
    status,
    body: { error: { type: 'api_error', message: 'Something went wrong on our side.' } },
    ...(retryAfter !== undefined && { headers: { 'Retry-After': retryAfter } }),
  };
}

/** Long enough to notice on a screen. */
export const delayMsDefault = 1000;

function rateLimited({ retryAfter }: FaultScript): Reply {
  return {
    status: 429,
    body: { error: { type: 'invalid_request_error', code: 'rate_limit', message: 'Too many requests.' } },
    ...(retryAfter !== undefined && { headers: { 'Retry-After': retryAfter } }),
  };
}

function answered(reply: Reply, times: 1 | 2 = 1): Delivery {
  return { kind: 'answered', reply, times };
}

function altered(reply: Reply, fault: FaultScript | undefined): Reply {
  return fault ? { ...reply, body: { ...(reply.body as object), ...fault.answer } } : reply;
}
