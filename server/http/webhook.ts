import { randomUUID } from 'node:crypto';
import { errors, type Reason } from '../errors.ts';
import type { Shop } from '../shop.ts';
import { explain } from '../trpc.ts';
import { guard } from './guard.ts';
import { withOurHeaders } from './our-headers.ts';
import { problem } from './plain/problem.ts';

const METHODS = ['POST'];

/** `POST /api/webhooks/payments`: 200 once it is kept, so that the provider need not send it again. */
export async function handleWebhook(request: Request, shop: Pick<Shop, 'webhooks' | 'log'>): Promise<Response> {
  const requestId = randomUUID();
  const refuse = (reason: Reason) => withOurHeaders(problem({ reason, details: {} }, requestId), requestId);

  const guarded = await guard(request, METHODS);
  if (!guarded.ok) {
    const response = refuse(guarded.reason);
    if (response.status === 405) response.headers.set('Allow', METHODS.join(', '));
    return response;
  }
  try {
    const signature = request.headers.get('stripe-signature');
    const outcome = await shop.webhooks.take({ body: guarded.body ?? '', signature });
    if (outcome === 'not-signed') return refuse('webhook_not_signed');
    return withOurHeaders(Response.json({ received: true }), requestId);
  } catch (error) {
    const { reason } = explain(error);
    if (errors[reason].httpStatus >= 500) shop.log.error({ requestId, path: 'webhooks/payments', reason, err: error });
    return refuse(reason);
  }
}
