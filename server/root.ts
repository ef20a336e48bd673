import { assertIdempotencyAfterInput } from '@payonce/trpc-idempotency/trpc';
import { type BackstageTools, backstageRouter } from './backstage/router.ts';
import { cartRouter } from './cart/router.ts';
import { catalogRouter } from './catalog/router.ts';
import { type CheckoutTools, checkoutRouter } from './checkout/router.ts';
import { type OrdersTools, ordersRouter } from './orders/router.ts';
import { router } from './trpc.ts';

export type AppRouter = ReturnType<typeof createAppRouter>;

/** All procedures of the shop. Refuses to be made when a key would be claimed before its input is checked. */
export function createAppRouter(tools: CheckoutTools & OrdersTools & BackstageTools) {
  const appRouter = router({
    catalog: catalogRouter(tools),
    cart: cartRouter(tools),
    checkout: checkoutRouter(tools),
    orders: ordersRouter(tools),
    backstage: backstageRouter(tools),
  });
  assertIdempotencyAfterInput(appRouter);
  return appRouter;
}
