import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { ClaimOutcome, Grant } from '../store.ts';
import type { Command, Report } from './obey-contract.ts';
import type { Scene } from './store-under-test.ts';

/** Another process on the same storage, as the contract speaks to it. */
export class OtherProcess {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  static async start(child: ChildProcess): Promise<OtherProcess> {
    const other = new OtherProcess(child);
    assert.equal(await other.#report(), 'ready');
    return other;
  }

  ask(command: Command): Promise<Report> {
    const report = this.#report();
    this.#child.send(command);
    return report;
  }

  async claim(keys: readonly string[], afterMs = 0): Promise<readonly ClaimOutcome[]> {
    return (await this.ask({ kind: 'claim', keys, afterMs })) as readonly ClaimOutcome[];
  }

  async granted(key: string): Promise<Grant> {
    const [grant] = grantsOf(await this.claim([key]));
    assert.ok(grant);
    return grant;
  }

  signal(name: 'SIGSTOP' | 'SIGCONT'): void {
    this.#child.kill(name);
  }

  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }

  async #report(): Promise<Report> {
    const [report] = await once(this.#child, 'message');
    return report;
  }
}

type ProcessGuarantees = Readonly<
  Record<string, <Tx>(scene: Scene<Tx>, another: () => Promise<OtherProcess>) => Promise<void>>
>;

const KEYS = Array.from({ length: 60 }, (_, n) => `key-${n}`);

const grantsOf = (claims: readonly ClaimOutcome[]) =>
  claims.flatMap((claim) => (claim.kind === 'granted' ? [claim.grant] : []));

export const processContract: ProcessGuarantees = {
  async 'never gives two processes a key that they claim at once, new or abandoned, nor one token twice'(
    scene,
    another,
  ) {
    const [one, other] = await Promise.all([another(), another()]);
    const tokens: number[] = [];
    const race = async (afterMs: number) => {
      const [a, b] = await Promise.all([one.claim(KEYS, afterMs), other.claim(KEYS, afterMs)]);
      tokens.push(...grantsOf([...a, ...b]).map(({ fencingToken }) => fencingToken));
      return KEYS.map((_, n) => [a[n]?.kind, b[n]?.kind].sort());
    };
    const each = KEYS.map(() => ['granted', 'in-progress']);
    assert.deepEqual(await race(0), each);
    assert.deepEqual(await race(scene.leaseMs), each);
    assert.equal(new Set(tokens).size, 2 * KEYS.length);
  },

  async 'keeps nothing of a transaction in whose middle a process is killed, and its key for the next'(scene, another) {
    const dying = await another();
    const grant = await dying.granted('key-1');
    assert.equal(await dying.ask({ kind: 'hang before the commit', grant }), 'hanging');
    await dying.kill();
    assert.equal(await scene.subject.effect('charge'), undefined);
    assert.equal((await scene.claim()).kind, 'in-progress');
    const successor = await scene.takenOverAfterCrash();
    assert.ok(successor.fencingToken > grant.fencingToken);
    assert.equal(await scene.complete(successor), true);
  },

  async 'lets a process that was stopped past its lease change nothing when it goes on'(scene, another) {
    const asleep = await another();
    const grant = await asleep.granted('key-1');
    asleep.signal('SIGSTOP');
    const successor = await scene.takenOverAfterCrash();
    await scene.complete(successor);
    const before = await scene.store.find(grant);
    const completed = asleep.ask({ kind: 'complete', grant });
    asleep.signal('SIGCONT');
    assert.equal(await completed, false);
    assert.deepEqual(await scene.store.find(grant), before);
    assert.equal(await scene.subject.effect('late charge'), undefined);
  },
};
