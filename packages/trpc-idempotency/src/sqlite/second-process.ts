import type { ClaimOutcome, Grant } from '../store.ts';
import { Scene } from '../testing/store-under-test.ts';
import { openKeyFile } from './key-file.ts';
import { withEffects } from './store-with-effects.ts';

/** What a test can tell another process to do with the keys of one file. */
export type Command =
  | { readonly kind: 'claim'; readonly keys: readonly string[]; readonly afterMs: number }
  | { readonly kind: 'complete'; readonly grant: Grant }
  /** Effect and answer are written, and the commit never comes. */
  | { readonly kind: 'hang before the commit'; readonly grant: Grant };

export type Report = 'ready' | 'hanging' | boolean | readonly ClaimOutcome[];

/** The whole of the process: `node --import tsx second-process.ts keys.db`, told what to do over its IPC channel. */
function main(file: string): void {
  const subject = withEffects(openKeyFile(file));
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
        return scene.complete(command.grant);
      case 'hang before the commit':
        return subject.store.transaction(async (tx) => {
          await subject.putEffect(tx, 'charge', 1);
          await subject.store.complete(tx, command.grant, scene.completion());
          tell('hanging');
          return new Promise<never>(() => undefined);
        });
    }
  }

  process.on('message', (command: Command) => void obey(command).then(tell));
  // The test is gone: nobody is left to end this process.
  process.on('disconnect', () => process.exit());
  tell('ready');
}

const tell = (report: Report) => process.send?.(report);

main(process.argv[2] ?? '');
