import type { Mailbox } from '../mail/mailbox.ts';
import type { PaymentProvider, ProviderCharge } from '../payments/provider.ts';
import { publicCustomerId } from '../session.ts';

/** What the provider and the mailbox say of one customer. */
export interface Outside {
  readonly charges: readonly ProviderCharge[];
  /** How often each Message-ID arrived; null when the mailbox cannot be asked. */
  readonly deliveries: ReadonlyMap<string, number> | null;
  /** False when the provider did not answer: the charges are what it said last. */
  readonly isKnown: boolean;
}

const NOTHING_YET: Outside = { charges: [], deliveries: null, isKnown: false };

/** Mail of a demonstration goes to one address or two. */
const ADDRESSES_MAX = 3;

export interface OutsideTools {
  readonly provider: PaymentProvider;
  readonly mailbox: Mailbox;
}

/** @param addresses that messages were sent to. */
export async function askOutside(
  { provider, mailbox }: OutsideTools,
  { principal, addresses }: { readonly principal: string; readonly addresses: readonly string[] },
  before: Outside = NOTHING_YET,
): Promise<Outside> {
  const [charges, ...deliveries] = await Promise.all([
    provider.capturedCharges(publicCustomerId(principal)).catch(() => null),
    ...addresses.slice(0, ADDRESSES_MAX).map((address) => mailbox.deliveriesTo(address)),
  ]);
  const known = deliveries.filter((one) => one !== null);
  return {
    charges: charges ?? before.charges,
    deliveries: known.length > 0 ? new Map(known.flatMap((one) => [...one])) : before.deliveries,
    isKnown: charges !== null,
  };
}
