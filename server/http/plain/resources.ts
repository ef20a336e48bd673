import { loggedCall } from '../../backstage/logged-call.ts';
import type { RequestLog } from '../../backstage/request-log.ts';
import { cartResource } from '../../cart/cart-resource.ts';
import type { CartStorage } from '../../cart/put-cart.ts';
import type { PayOperation } from '../../checkout/pay.ts';
import { counterResource } from '../../counters/counter-resource.ts';
import type { CreateInvoice } from '../../invoices/create-invoice.ts';
import { invoiceResource } from '../../invoices/invoice-resource.ts';
import type { KeyedPost } from './keyed-post.ts';
import type { Resources } from './resource.ts';

export interface ResourceTools extends CartStorage {
  readonly keyed: KeyedPost;
  readonly requestLog: RequestLog;
  readonly pay: PayOperation;
  readonly createInvoice: CreateInvoice;
}

/** All that is answered in plain HTTP: what has its name from the client by PUT, what has none before by a keyed POST. */
export function createResources(tools: ResourceTools): Resources {
  const { keyed, requestLog, pay, createInvoice } = tools;
  return {
    carts: { one: cartResource(tools) },
    counters: { one: counterResource(tools) },
    invoices: { one: invoiceResource(tools), all: { POST: keyed(createInvoice) } },
    payments: { all: { POST: loggedCall(requestLog, pay.name, keyed(pay)) } },
  };
}
