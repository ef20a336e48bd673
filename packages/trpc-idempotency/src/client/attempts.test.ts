import { describe, expect, test } from 'vitest';
import { createAttempts } from './attempts.ts';

interface Payment {
  readonly totalMinor: number;
}

/** What a browser keeps for one site. Two pages on the same one are two tabs, or one tab before and after a reload. */
function siteStorage() {
  const items = new Map<string, string>();
  return {
    items,
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, value: string) => void items.set(name, value),
    removeItem: (name: string) => void items.delete(name),
  };
}

let keys = 0;
const page = (storage: Parameters<typeof createAttempts>[0]['storage']) =>
  createAttempts<Payment>({ storage, storageKey: 'attempt', newKey: () => `key-${++keys}`, now: () => 1_700.5 });

const refuses = () => {
  throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
};

describe('one wish, one key', () => {
  test('the second begin of a double tap gets the attempt of the first, input and all', () => {
    const attempts = page(siteStorage());
    const first = attempts.begin({ totalMinor: 2490 });
    expect(attempts.begin({ totalMinor: 9999 })).toEqual(first);
    expect(first).toMatchObject({ input: { totalMinor: 2490 }, createdAt: 1_700 });
  });

  test('it is stored whole before begin returns', () => {
    const storage = siteStorage();
    const attempt = page(storage).begin({ totalMinor: 2490 });
    expect(JSON.parse(storage.items.get('attempt') ?? '')).toEqual(attempt);
  });

  test('a reload and a second tab find the same attempt', () => {
    const storage = siteStorage();
    const attempt = page(storage).begin({ totalMinor: 2490 });
    const second = page(storage);
    expect(second.current()).toEqual(attempt);
    expect(second.begin({ totalMinor: 1 })).toEqual(attempt);
    expect(second.isDurable()).toBe(true);
  });

  test('after its end the next begin is a new wish with a new key', () => {
    const attempts = page(siteStorage());
    const first = attempts.begin({ totalMinor: 2490 });
    attempts.end(first);
    expect(attempts.current()).toBeNull();
    expect(attempts.begin({ totalMinor: 2490 }).key).not.toBe(first.key);
  });

  test('an attempt that another tab ended is no longer under way here', () => {
    const storage = siteStorage();
    const here = page(storage);
    const attempt = here.begin({ totalMinor: 2490 });
    page(storage).end(attempt);
    expect(here.current()).toBeNull();
  });

  test('end forgets its own attempt alone', () => {
    const storage = siteStorage();
    const here = page(storage);
    const there = page(storage);
    const first = here.begin({ totalMinor: 1 });
    there.end(first);
    const second = there.begin({ totalMinor: 2 });
    here.end(first);
    expect(here.current()).toEqual(second);
  });

  test('by default the key is a UUID v7, and the click is dated by the wall clock', () => {
    const { key, createdAt } = createAttempts<Payment>({ storage: null, storageKey: 'attempt' }).begin({
      totalMinor: 1,
    });
    expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(Math.abs(createdAt - Date.now())).toBeLessThan(5_000);
  });
});

describe('storage that does not work', () => {
  const broken: [string, Parameters<typeof createAttempts>[0]['storage']][] = [
    ['is forbidden', null],
    ['is full', { ...siteStorage(), setItem: refuses }],
    ['throws at every touch', { getItem: refuses, setItem: refuses, removeItem: refuses }],
    ['takes everything and keeps nothing', { ...siteStorage(), getItem: () => null }],
  ];

  test.each(broken)('that %s: it pays once all the same, and says that a reload would lose it', (_name, storage) => {
    const attempts = page(storage);
    const first = attempts.begin({ totalMinor: 2490 });
    expect(attempts.isDurable()).toBe(false);
    expect(attempts.current()).toEqual(first);
    expect(attempts.begin({ totalMinor: 2490 })).toEqual(first);
    attempts.end(first);
    expect(attempts.current()).toBeNull();
    expect(attempts.begin({ totalMinor: 2490 }).key).not.toBe(first.key);
  });

  test('that does not let go: what has ended does not come back', () => {
    const attempts = page({ ...siteStorage(), removeItem: refuses });
    const first = attempts.begin({ totalMinor: 2490 });
    attempts.end(first);
    expect(attempts.current()).toBeNull();
    expect(attempts.begin({ totalMinor: 2490 }).key).not.toBe(first.key);
  });

  test('that was full has room again: the next attempt is durable', () => {
    const storage = siteStorage();
    let full = true;
    const attempts = page({ ...storage, setItem: (name, value) => (full ? refuses() : storage.setItem(name, value)) });
    attempts.end(attempts.begin({ totalMinor: 1 }));
    full = false;
    attempts.begin({ totalMinor: 2 });
    expect(attempts.isDurable()).toBe(true);
  });

  test.each([
    ['half a JSON text', '{"key":"key-1","inp'],
    ['null', 'null'],
    ['a text', '"key-1"'],
    ['no key', '{"input":{},"createdAt":1}'],
    ['an empty key', '{"key":"","input":{},"createdAt":1}'],
    ['no input', '{"key":"key-1","createdAt":1}'],
    ['no date', '{"key":"key-1","input":{}}'],
  ])('that holds %s holds no attempt, and the next one takes its place', (_name, text) => {
    const storage = siteStorage();
    storage.setItem('attempt', text);
    const attempts = page(storage);
    expect(attempts.current()).toBeNull();
    const attempt = attempts.begin({ totalMinor: 2490 });
    expect(page(storage).current()).toEqual(attempt);
  });
});
