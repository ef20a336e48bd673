import assert from 'node:assert/strict';
import { toJson } from './json.ts';
import type { Lease } from './lease.ts';
import { type PhaseStep, proceed, type Refused, type Rejected, type Run } from './operation.ts';
import { CLAIMED, type Json } from './record.ts';
import type { Progress, RunTransactions } from './run-transactions.ts';
import type { Durability, Grant } from './store.ts';

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

    async phase<Step extends PhaseStep<Output>>(recoveryPoint: string, work: (tx: Tx) => Promise<Step>): Promise<Step> {
      assert(IDENTIFIER.test(recoveryPoint), `${recoveryPoint} is no name for a recovery point: letters, digits and _`);
      assert(recoveryPoint !== CLAIMED, `${CLAIMED} names the recovery point before all phases`);
      assert(recoveryPoint !== FINISH, `${FINISH} names the end of all phases`);
      assert(!entered.has(recoveryPoint), `two phases of one run are called ${recoveryPoint}`);
      transactions.assertOpen(recoveryPoint);
      entered.add(recoveryPoint);
      if (Object.hasOwn(grant.phases, recoveryPoint)) {
        // The operation wrote it under this name, so it has this type; whoever changes the type changes the name.
        return proceed(grant.phases[recoveryPoint] as Json) as Step;
      }
      const durability = transactions.enter(recoveryPoint);
      try {
        return await transactions.transact(
          recoveryPoint,
          async (tx) => commitStep({ transactions, tx, recoveryPoint, durability }, await work(tx)),
          durability,
        );
      } catch (error) {
        if (!(error instanceof RolledBack)) throw error;
        const { step } = error;
        if (step.kind === 'refused') {
          await transactions.transact(recoveryPoint, async (tx) => [step, await transactions.complete(tx, step)]);
        }
        return step as Step;
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

    finish(work) {
      transactions.enter(FINISH);
      return transactions.transact(FINISH, async (tx) => {
        const ending = await work(tx);
        return [ending, await transactions.complete(tx, ending)];
      });
    },
  };
}

interface StepCommit<Tx> {
  readonly transactions: RunTransactions<Tx>;
  readonly tx: Tx;
  readonly recoveryPoint: string;
  readonly durability: Durability;
}

async function commitStep<Tx, Step extends PhaseStep<Json>>(
  { transactions, tx, recoveryPoint, durability }: StepCommit<Tx>,
  step: Step,
): Promise<readonly [Step, Progress]> {
  switch (step.kind) {
    case 'proceed': {
      const data = toJson(step.data, `the data of ${recoveryPoint}`);
      // As it will be read back, so that a run and its resumption go on with the same.
      return [proceed(data) as Step, await transactions.advance(tx, { recoveryPoint, data })];
    }
    case 'settled':
      return [step, await transactions.complete(tx, step)];
    case 'refused':
      if (durability === 'deferred') throw new RolledBack(step);
      return [step, await transactions.complete(tx, step)];
    case 'rejected':
      assert(transactions.progress.kind === 'untouched', `${recoveryPoint} rejects what was begun before it`);
      throw new RolledBack(step);
  }
}

const FINISH = 'finish';

/** So that a store can use it as a name in a path or a column without quoting. */
const IDENTIFIER = /^[A-Za-z][A-Za-z0-9_]*$/;

/**
 * Carries a no out of a transaction, so that the host rolls back what the phase did before it said it: a rejection keeps
 * nothing, and a refusal that would not be on the disk is kept by itself, in a commit that is.
 */
export class RolledBack extends Error {
  readonly step: Rejected | Refused;

  constructor(step: Rejected | Refused) {
    super(`a phase has ${step.kind} the request`);
    this.step = step;
  }
}
