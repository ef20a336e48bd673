import { z } from 'zod';
import { ok } from '../http/reply.ts';
import { isReply, type PaymentOperation, readParams } from './call.ts';
import { listOf } from './lists.ts';
import { pageParams } from './params.ts';
import { noSuch } from './stripe-error.ts';

const listParams = z.strictObject({ ...pageParams, type: z.string().optional() });

/** `GET /v1/events/:id` */
export const retrieveEvent: PaymentOperation = (call) => {
  const event = call.ledger.get('event', call.id, call.replica);
  if (!event) return noSuch('event', call.id, { status: 404, param: 'id' });
  return { run: () => ok(event) };
};

/** `GET /v1/events` */
export const listEvents: PaymentOperation = (call) => {
  const read = readParams(listParams, call.input);
  if (isReply(read)) return read;
  const { type } = read.params;
  return listOf(call, {
    kind: 'event',
    what: 'event',
    path: '/v1/events',
    page: read.params,
    filter: type ? { type } : {},
  });
};
