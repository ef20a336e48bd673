import { cartResource } from '../../cart/cart-resource.ts';
import type { CartStorage } from '../../cart/put-cart.ts';
import { counterResource } from '../../counters/counter-resource.ts';
import { invoiceResource } from '../../invoices/invoice-resource.ts';
import type { Resources } from './resource.ts';

/** All that is answered in plain HTTP. */
export function createResources(tools: CartStorage): Resources {
  return {
    carts: { one: cartResource(tools) },
    counters: { one: counterResource(tools) },
    invoices: { one: invoiceResource(tools) },
  };
}
