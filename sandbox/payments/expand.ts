import type { PaymentCall } from './call.ts';
import type { PaymentIntent } from './objects.ts';

/** The intent with its charge inside where `expand` asks for `latest_charge`, else with the charge's id. */
export function withExpanded(
  call: PaymentCall,
  intent: PaymentIntent,
  expand: readonly string[] | undefined,
): PaymentIntent {
  const chargeId = intent.latest_charge;
  if (!expand?.includes('latest_charge') || typeof chargeId !== 'string') return intent;
  return { ...intent, latest_charge: call.ledger.get('charge', chargeId, call.replica) ?? chargeId };
}
