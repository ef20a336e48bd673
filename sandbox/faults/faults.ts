import type { FaultKind, FaultScript, Operation } from './fault-script.ts';

/** What a fault can recognise a request by. */
export interface FaultSubject {
  readonly operation: Operation;
  readonly idempotencyKey?: string | undefined;
  readonly transferGroups: readonly string[];
  readonly emails: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** The faults that strike one request. */
export type Strikes = ReadonlyMap<FaultKind, FaultScript>;

export type Faults = ReturnType<typeof createFaults>;

/** The fault switches. They live in memory, so that a restarted sandbox is a healthy one. */
export function createFaults() {
  const switches = new Map<string, { readonly script: FaultScript; seen: number; hits: number }>();
  let lastNumber = 0;

  return {
    add(script: FaultScript): string {
      lastNumber += 1;
      const faultId = `fault_${lastNumber}`;
      switches.set(faultId, { script, seen: 0, hits: 0 });
      return faultId;
    },

    /** Those used up stay listed, because a test wants to know that its fault struck. */
    list() {
      return [...switches].map(([faultId, { script, hits }]) => ({ faultId, ...script, hits }));
    },

    remove(faultId: string): boolean {
      return switches.delete(faultId);
    },

    clear(): void {
      switches.clear();
    },

    /** Finds what strikes this request and counts it. Of two switches of one kind the older strikes first. */
    strike(subject: FaultSubject): Strikes {
      const strikes = new Map<FaultKind, FaultScript>();
      for (const fault of switches.values()) {
        const { times, skip, fault: kind } = fault.script;
        if (!matches(fault.script, subject)) continue;
        fault.seen += 1;
        const isUsedUp = times > 0 && fault.hits >= times;
        if (isUsedUp || fault.seen <= skip || strikes.has(kind)) continue;
        fault.hits += 1;
        strikes.set(kind, fault.script);
      }
      return strikes;
    },
  };
}

function matches({ operation, match }: FaultScript, subject: FaultSubject): boolean {
  if (operation !== '*' && operation !== subject.operation) return false;
  const { transferGroup, email, idempotencyKeyPrefix, cartId } = match;
  if (transferGroup !== undefined && !subject.transferGroups.includes(transferGroup)) return false;
  if (email !== undefined && !subject.emails.includes(email.toLowerCase())) return false;
  if (idempotencyKeyPrefix !== undefined && !subject.idempotencyKey?.startsWith(idempotencyKeyPrefix)) return false;
  if (cartId !== undefined && subject.metadata.cart_id !== cartId) return false;
  return Object.entries(match.metadata ?? {}).every(([name, value]) => subject.metadata[name] === value);
}
