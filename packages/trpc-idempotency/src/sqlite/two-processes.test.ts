import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import type { ClaimOutcome } from '../store.ts';
import { Scene } from '../testing/store-under-test.ts';
import type { Command, Report } from './second-process.ts';
import { withEffects } from './store-with-effects.ts';
import { openTemporaryDatabase } from './temporary-database.ts';

const opened: (() => void)[] = [];
afterEach(() => {
  for (const close of opened.splice(0)) close();
});

/** A file of keys that this process has open, and others too. */
async function openFile() {
  const database = await openTemporaryDatabase();
  opened.push(() => database.close());
  const subject = withEffects(database);
  return { scene: new Scene(subject), subject, another: () => startProcess(database.file) };
}

async function startProcess(file: string) {
  const child = fork(fileURLToPath(new URL('./second-process.ts', import.meta.url)), [file], {
    execArgv: ['--import', 'tsx'],
  });
  opened.unshift(() => child.kill('SIGKILL'));
  expect(await reportOf(child)).toBe('ready');
  function ask(command: Command): Promise<Report> {
    const report = reportOf(child);
    child.send(command);
    return report;
  }
  return {
    child,
    ask,
    claim: async (keys: readonly string[], afterMs = 0) =>
      (await ask({ kind: 'claim', keys, afterMs })) as readonly ClaimOutcome[],
  };
}

async function reportOf(child: ChildProcess): Promise<Report> {
  const [report] = await once(child, 'message');
  return report;
}

const KEYS = Array.from({ length: 60 }, (_, n) => `key-${n}`);

const grantsOf = (claims: readonly ClaimOutcome[]) =>
  claims.flatMap((claim) => (claim.kind === 'granted' ? [claim.grant] : []));

describe('two processes on one file', { timeout: 30_000 }, () => {
  it('never both get a key that they claim at the same time, new or abandoned, nor the same token', async () => {
    const { scene, another } = await openFile();
    const processes = await Promise.all([another(), another()]);
    const tokens: number[] = [];
    const race = async (afterMs: number) => {
      const [a = [], b = []] = await Promise.all(processes.map(({ claim }) => claim(KEYS, afterMs)));
      tokens.push(...grantsOf([...a, ...b]).map(({ fencingToken }) => fencingToken));
      return KEYS.map((_, n) => [a[n]?.kind, b[n]?.kind].sort());
    };
    const each = KEYS.map(() => ['granted', 'in-progress']);
    expect(await race(0)).toEqual(each);
    expect(await race(scene.leaseMs)).toEqual(each);
    expect(new Set(tokens).size).toBe(2 * KEYS.length);
  });

  it('leave nothing of a transaction in whose middle one is killed, and its key to the other', async () => {
    const { scene, subject, another } = await openFile();
    const { child, ask, claim } = await another();
    const [grant] = grantsOf(await claim(['key-1']));
    assert(grant);
    expect(await ask({ kind: 'hang before the commit', grant })).toBe('hanging');
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    expect(await subject.effect('charge')).toBeUndefined();
    expect((await scene.claim()).kind).toBe('in-progress');
    const successor = await scene.takenOverAfterCrash();
    expect(successor.fencingToken).toBeGreaterThan(grant.fencingToken);
    expect(await scene.complete(successor)).toBe(true);
  });

  it('let one that was stopped past its lease change nothing when it goes on', async () => {
    const { scene, subject, another } = await openFile();
    const { child, ask, claim } = await another();
    const [grant] = grantsOf(await claim(['key-1']));
    assert(grant);
    child.kill('SIGSTOP');
    const successor = await scene.takenOverAfterCrash();
    await scene.complete(successor);
    const before = await subject.store.find(grant);
    const completed = ask({ kind: 'complete', grant });
    child.kill('SIGCONT');
    expect(await completed).toBe(false);
    expect(await subject.store.find(grant)).toEqual(before);
  });
});
