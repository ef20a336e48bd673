import { aftermathContract } from './aftermath-contract.ts';
import { claimContract } from './claim-contract.ts';
import { completionContract } from './completion-contract.ts';
import { fencingContract } from './fencing-contract.ts';
import { leaseContract } from './lease-contract.ts';
import { Scene, type StoreUnderTest } from './store-under-test.ts';

/** The two words of a test runner: vitest, jest and node:test all have them. */
export interface ContractRunner {
  readonly describe: (name: string, tests: () => void) => unknown;
  readonly it: (name: string, test: () => Promise<void>) => unknown;
}

export interface StoreContractOptions<Tx> extends ContractRunner {
  /** A fresh, empty store; called once for each test. */
  readonly open: () => Promise<StoreUnderTest<Tx>> | StoreUnderTest<Tx>;
}

/** One guarantee: its name, and how it is tried on an empty store. */
export type Guarantees = Readonly<Record<string, <Tx>(scene: Scene<Tx>) => Promise<void>>>;

/** What every store must do. A store that passes can be trusted with money as far as one process can tell. */
export function storeContract<Tx>({ open, describe, it }: StoreContractOptions<Tx>): void {
  for (const [part, guarantees] of Object.entries(PARTS)) {
    describe(part, () => {
      for (const [name, guarantee] of Object.entries(guarantees)) {
        it(name, async () => {
          const subject = await open();
          try {
            await guarantee(new Scene(subject));
          } finally {
            await subject.close();
          }
        });
      }
    });
  }
}

const PARTS: Readonly<Record<string, Guarantees>> = {
  claim: claimContract,
  lease: leaseContract,
  'fencing token': fencingContract,
  completion: completionContract,
  aftermath: aftermathContract,
};
