import type { ChildProcess } from 'node:child_process';
import { aftermathContract } from './aftermath-contract.ts';
import { claimContract } from './claim-contract.ts';
import { completionContract } from './completion-contract.ts';
import { failureContract } from './failure-contract.ts';
import { fencingContract } from './fencing-contract.ts';
import { leaseContract } from './lease-contract.ts';
import { OtherProcess, processContract } from './process-contract.ts';
import { Scene, type StoreUnderTest } from './store-under-test.ts';

/** The two words of a test runner: vitest, jest and node:test all have them. */
export interface ContractRunner {
  readonly describe: (name: string, tests: () => void) => unknown;
  readonly it: (name: string, test: () => Promise<void>) => unknown;
}

export interface StoreContractOptions<Tx, Host = unknown> extends ContractRunner {
  /** A fresh, empty store; called once for each test. `Host` is whatever `startProcess` and `failures` need of it. */
  readonly open: () => Promise<StoreUnderTest<Tx> & Host> | (StoreUnderTest<Tx> & Host);
  /**
   * For a store that processes share: starts one that opens the same storage and calls `obeyContract`, by `fork` or with
   * an IPC channel. It is killed, stopped and let go on.
   */
  readonly startProcess?: (subject: Host) => ChildProcess;
  /** Ways in which the storage takes no writes, by name. Each makes it so and returns how to mend it. */
  readonly failures?: Readonly<Record<string, (subject: Host) => () => void>>;
}

/** One guarantee: its name, and how it is tried on an empty store. */
export type Guarantees = Readonly<Record<string, <Tx>(scene: Scene<Tx>) => Promise<void>>>;

/**
 * What every store must do. One that passes can be trusted with money: within one process, with `startProcess` also
 * among several, and with `failures` when its disk is full or locked.
 */
export function storeContract<Tx, Host = unknown>(options: StoreContractOptions<Tx, Host>): void {
  const { open, describe, it, startProcess, failures = {} } = options;

  function part<Given>(
    name: string,
    guarantees: Readonly<Record<string, (scene: Scene<Tx>, given: Given) => Promise<void>>>,
    run: (subject: Host, guarantee: (given: Given) => Promise<void>) => Promise<void>,
  ): void {
    describe(name, () => {
      for (const [title, guarantee] of Object.entries(guarantees)) {
        it(title, async () => {
          const subject = await open();
          try {
            await run(subject, (given) => guarantee(new Scene(subject), given));
          } finally {
            await subject.close();
          }
        });
      }
    });
  }

  for (const [name, guarantees] of Object.entries(PARTS)) {
    part<void>(name, guarantees, (_subject, guarantee) => guarantee());
  }
  if (startProcess) {
    part('several processes', processContract, async (subject, guarantee) => {
      const children: ChildProcess[] = [];
      try {
        await guarantee(() => {
          const child = startProcess(subject);
          children.push(child);
          return OtherProcess.start(child);
        });
      } finally {
        for (const child of children) child.kill('SIGKILL');
      }
    });
  }
  for (const [name, failing] of Object.entries(failures)) {
    part(`storage that is ${name}`, failureContract, (subject, guarantee) => guarantee(() => failing(subject)));
  }
}

const PARTS: Readonly<Record<string, Guarantees>> = {
  claim: claimContract,
  lease: leaseContract,
  'fencing token': fencingContract,
  completion: completionContract,
  aftermath: aftermathContract,
};
