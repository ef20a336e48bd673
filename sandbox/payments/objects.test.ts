import type Stripe from 'stripe';
import { expectTypeOf, test } from 'vitest';
import type * as objects from './objects.ts';

test("every object can stand where the official client expects Stripe's", () => {
  expectTypeOf<Omit<objects.PaymentIntent, 'latest_charge'>>().toExtend<Omit<Stripe.PaymentIntent, 'latest_charge'>>();
  expectTypeOf<Omit<objects.Charge, 'payment_method_details'>>().toExtend<
    Omit<Stripe.Charge, 'payment_method_details'>
  >();
  expectTypeOf<objects.Refund>().toExtend<Stripe.Refund>();
  expectTypeOf<objects.EventType>().toExtend<Stripe.Event.Type>();
});
