import { errors, type Reason } from '../errors.ts';
import type { Shop } from '../shop.ts';
import { explain } from '../trpc.ts';
import { answering } from './answering.ts';
import { guard } from './guard.ts';
import { type HttpAnswer, jsonAnswer } from './http-answer.ts';
import type { HttpRequest } from './http-request.ts';
import { problem } from './plain/problem.ts';

export const WEBHOOK_PATH = '/api/webhooks/payments';

const METHODS = ['POST'];

/** `POST /api/webhooks/payments`: 200 once it is kept, so that the provider need not send it again. */
export function handleWebhook(
  request: HttpRequest,
  shop: Pick<Shop, 'webhooks' | 'log' | 'tell'>,
): Promise<HttpAnswer> {
  return answering(request, shop.tell.answered, async ({ requestId }) => {
    const reason = await refusalOf(request, shop, requestId);
    const answer =
      reason === null ? jsonAnswer({ received: true }, { status: 200 }) : problem({ reason, details: {} }, requestId);
    if (reason === 'method_not_allowed') answer.headers.set('Allow', METHODS.join(', '));
    return { answer, reason, operation: `POST ${WEBHOOK_PATH}` };
  });
}

/** Why the event was not kept; null when it was, now or earlier. */
async function refusalOf(
  request: HttpRequest,
  { webhooks, log }: Pick<Shop, 'webhooks' | 'log'>,
  requestId: string,
): Promise<Reason | null> {
  const guarded = await guard(request, METHODS);
  if (!guarded.ok) return guarded.reason;
  try {
    const signature = request.headers.get('stripe-signature');
    const outcome = await webhooks.take({ body: guarded.body ?? '', signature });
    return outcome === 'not-signed' ? 'webhook_not_signed' : null;
  } catch (error) {
    const { reason } = explain(error);
    if (errors[reason].httpStatus >= 500) log.error({ requestId, path: 'webhooks/payments', reason, err: error });
    return reason;
  }
}
