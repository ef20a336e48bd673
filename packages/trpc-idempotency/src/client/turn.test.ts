import { describe, expect, test } from 'vitest';
import { virtualTime } from '../../../retry/src/testing/virtual-time.ts';
import { claimTurns, type Turns } from './turn.ts';

const START_MS = 1_763_800_000_000;
const never = new AbortController().signal;

/** A browser whose tabs share storage and a clock, which goes on when all of them wait. */
function browser() {
  const items = new Map<string, string>();
  const storage = {
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, value: string) => void items.set(name, value),
    removeItem: (name: string) => void items.delete(name),
  };
  const time = virtualTime(START_MS);
  let tabs = 0;
  const tab = (): Turns => {
    tabs += 1;
    const turns = claimTurns({ storage, storageKey: 'turn', tab: `tab-${tabs}`, now: time.now, wait: time.sleep });
    return { take: () => time.until(turns.take()), queue: turns.queue };
  };
  return { items, tab, time };
}

describe('a turn by a claim in storage', () => {
  test('is had by one tab at a time', async () => {
    const { tab } = browser();
    const [one, other] = [tab(), tab()];
    const turn = await one.take();
    expect(turn).not.toBeNull();
    expect(await other.take()).toBeNull();
    turn?.release();
    expect(await other.take()).not.toBeNull();
  });

  test('goes to one of those who ask in the same moment', async () => {
    const { tab } = browser();
    const turns = await Promise.all([tab(), tab(), tab()].map(({ take }) => take()));
    expect(turns.filter((turn) => turn !== null)).toHaveLength(1);
  });

  test('is kept by who lives, and waited for until it is let go', async () => {
    const { tab, time } = browser();
    const turn = await tab().take();
    let isHad = false;
    const queued = tab()
      .queue(never)
      .then((next) => {
        isHad = true;
        return next;
      });
    // Much longer than a tab that is gone would keep it.
    await time.until(time.sleep(60_000, never));
    expect(isHad).toBe(false);
    turn?.release();
    expect(await time.until(queued)).not.toBeNull();
  });

  test('is not waited for any more after an abort', async () => {
    const { tab, time } = browser();
    await tab().take();
    const stop = new AbortController();
    const queued = tab().queue(stop.signal);
    stop.abort();
    expect(await time.until(queued)).toBeNull();
  });

  test('of a tab that crashed is free after a few seconds', async () => {
    const { tab, items, time } = browser();
    items.set('turn', JSON.stringify({ by: 'crashed', at: START_MS }));
    expect(await tab().take()).toBeNull();
    expect(await time.until(tab().queue(never))).not.toBeNull();
    expect(time.now() - START_MS).toBeLessThan(5_000);
  });

  test('from before the clock was set back by a year does not hold for ever', async () => {
    const { tab, items } = browser();
    items.set('turn', JSON.stringify({ by: 'crashed', at: START_MS + 365 * 86_400_000 }));
    expect(await tab().take()).not.toBeNull();
  });

  test.each([
    ['is forbidden', null],
    ['throws', { getItem: refuses, setItem: refuses, removeItem: refuses }],
    ['keeps nothing', { getItem: () => null, setItem: () => undefined, removeItem: () => undefined }],
  ])('is everybody’s where storage %s: there is nobody to share with', async (_name, storage) => {
    const alone = claimTurns({ storage, storageKey: 'turn', tab: 'tab', now: () => 0, wait: async () => undefined });
    expect(await alone.take()).not.toBeNull();
  });
});

function refuses(): never {
  throw new DOMException('Access is denied.', 'SecurityError');
}
