import type { Operation } from './fault-script.ts';
import type { FaultSubject } from './faults.ts';

/** Gathers what a fault can recognise from the request itself and from the stored objects that it names. */
export function subjectOf(
  operation: Operation,
  idempotencyKey: string | undefined,
  sources: readonly unknown[],
): FaultSubject {
  const transferGroups: string[] = [];
  const emails: string[] = [];
  const metadata: Record<string, string> = {};
  for (const source of sources) {
    if (!isRecord(source)) continue;
    if (typeof source.transfer_group === 'string') transferGroups.push(source.transfer_group);
    for (const email of [source.receipt_email, source.email]) {
      if (typeof email === 'string') emails.push(email.toLowerCase());
    }
    if (typeof source.cartId === 'string') metadata.cart_id = source.cartId;
    if (!isRecord(source.metadata)) continue;
    for (const [name, value] of Object.entries(source.metadata)) {
      if (typeof value === 'string') metadata[name] = value;
    }
  }
  if (metadata.email) emails.push(metadata.email.toLowerCase());
  return { operation, idempotencyKey, transferGroups, emails, metadata };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
