import assert from 'node:assert/strict';
import { toJson } from './json.ts';
import type { Lease } from './lease.ts';
import { type Proceed, proceed, type Refused, type Rejected, type Run, type Settled } from './operation.ts';
import { CLAIMED, type Json } from './record.ts';
import type { RunTransactions } from './run-transactions.ts';
import type { Grant } from './store.ts';

/** The handle through which one granted run of an operation changes and asks things. */
export function createRun<Tx, Output extends Json>(
  grant: Grant,
  lease: Lease,
  transactions: RunTransactions<Tx>,
): Run<Tx, Output> {
  const entered = new Set<string>();

  return {
    tenant: grant.tenant,
    principal: grant.principal,
    idempotencyKey: grant.key,
    requestId: grant.requestId,
    startedAt: grant.startedAt,
    resumed: grant.resumed,

    async phase<Data extends Json, Ending extends Settled<Output> | Refused | Rejected = never>(
      recoveryPoint: string,
      work: (tx: Tx) => Promise<Proceed<Data> | Ending>,
    ): Promise<Proceed<Data> | Ending> {
      assert(IDENTIFIER.test(recoveryPoint), `${recoveryPoint} is no name for a recovery point: letters, digits and _`);
      assert(recoveryPoint !== CLAIMED, `${CLAIMED} names the recovery point before all phases`);
      assert(!entered.has(recoveryPoint), `two phases of one run are called ${recoveryPoint}`);
      transactions.assertOpen(recoveryPoint);
      entered.add(recoveryPoint);
      // The operation wrote it under this name, so it has this type; whoever changes the type changes the name.
      if (Object.hasOwn(grant.phases, recoveryPoint)) return proceed(grant.phases[recoveryPoint] as Data);

      const untouched = transactions.progress.kind === 'untouched';
      try {
        return await transactions.transact<Proceed<Data> | Ending>(recoveryPoint, async (tx) => {
          const result = await work(tx);
          switch (result.kind) {
            case 'proceed': {
              const data = toJson(result.data, `the data of ${recoveryPoint}`);
              return [proceed(data as Data), await transactions.advance(tx, { recoveryPoint, data })];
            }
            case 'settled':
            case 'refused':
              return [result, await transactions.complete(tx, result)];
            case 'rejected':
              assert(untouched, `${recoveryPoint} rejects what an earlier phase has begun`);
              throw new RolledBack<Ending>(result);
          }
        });
      } catch (error) {
        if (error instanceof RolledBack) return error.rejected as Ending;
        throw error;
      }
    },

    async call(name, work) {
      transactions.assertOpen(name);
      // Whatever a call brought, a run that lost its key meanwhile has no use for it and must not go on.
      const result = await work(lease.signal).catch((error: unknown) => {
        transactions.throwIfLost();
        throw error;
      });
      transactions.throwIfLost();
      return result;
    },

    finish: (work) =>
      transactions.transact('finish', async (tx) => {
        const ending = await work(tx);
        return [ending, await transactions.complete(tx, ending)];
      }),
  };
}

/** So that a store can use it as a name in a path or a column without quoting. */
const IDENTIFIER = /^[A-Za-z][A-Za-z0-9_]*$/;

/** Carries a rejection out of a transaction, so that the host rolls back what the phase did before it said no. */
class RolledBack<Ending> extends Error {
  readonly rejected: Ending;

  constructor(rejected: Ending) {
    super('a phase rejected the request');
    this.rejected = rejected;
  }
}
