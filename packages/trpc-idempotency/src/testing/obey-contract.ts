import type { ClaimOutcome, Grant } from '../store.ts';
import { Scene, type StoreUnderTest } from './store-under-test.ts';

/** What the contract tells another process to do with its store. */
export type Command =
  | { readonly kind: 'claim'; readonly keys: readonly string[]; readonly afterMs: number }
  | { readonly kind: 'complete'; readonly grant: Grant }
  /** Effect and answer are written, and the commit never comes. */
  | { readonly kind: 'hang before the commit'; readonly grant: Grant };

export type Report = 'ready' | 'hanging' | boolean | readonly ClaimOutcome[];

/**
 * The whole of another process of the store contract: it has opened the same storage, and does what it is told over the
 * IPC channel that `fork` gives it. It ends with the test that started it.
 */
export function obeyContract<Tx>(subject: StoreUnderTest<Tx>): void {
  const scene = new Scene(subject);

  async function obey(command: Command): Promise<Report> {
    switch (command.kind) {
      case 'claim': {
        scene.clock.advance(command.afterMs);
        const claims: ClaimOutcome[] = [];
        for (const key of command.keys) claims.push(await scene.claim({ key }));
        return claims;
      }
      case 'complete':
        return scene.inTransaction((tx) => scene.store.complete(tx, command.grant, scene.completion()), 'late charge');
      case 'hang before the commit':
        return subject.store.transaction(async (tx) => {
          await subject.putEffect(tx, 'charge', 1);
          await subject.store.complete(tx, command.grant, scene.completion());
          tell('hanging');
          // Stands still, whatever the host thinks of a transaction that waits. A test that is gone kills nobody.
          Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, HANG_MS);
          return process.exit(1);
        });
    }
  }

  process.on('message', (command: Command) => void obey(command).then(tell));
  process.on('disconnect', () => process.exit());
  tell('ready');
}

const HANG_MS = 60_000;

const tell = (report: Report) => process.send?.(report);
