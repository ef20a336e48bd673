import { expect, test } from 'vitest';
import { createFlakySettings, FLAKY_STORAGE_KEY } from './flaky-settings.ts';
import { scriptOf } from './script.ts';
import { DEFAULT_SETTINGS } from './settings-text.ts';

function pageAt(address: string, kept: Record<string, string> = {}, random = () => 0.5) {
  const storage = new Map(Object.entries(kept));
  let url = new URL(address);
  const settings = createFlakySettings({
    storage: { getItem: (name) => storage.get(name) ?? null, setItem: (name, value) => void storage.set(name, value) },
    readUrl: () => url,
    replaceUrl: (next) => {
      url = next;
    },
    random,
  });
  return { settings, storage, address: () => url.href };
}

test('a first visit has the switch off and the default behind it', () => {
  expect(pageAt('http://shop.test/').settings.getSnapshot()).toEqual(DEFAULT_SETTINGS);
});

test('a change is kept in storage and in the address', () => {
  const page = pageAt('http://shop.test/cart?checkout=');
  const chances = { delay: 40, duplicate: 10 };
  page.settings.change({ on: true, seed: 42, chances });
  expect(page.address()).toBe('http://shop.test/cart?checkout=&flaky=delay-40.duplicate-10&seed=42');
  const later = pageAt('http://shop.test/', Object.fromEntries(page.storage));
  expect(later.settings.getSnapshot()).toEqual({ ...DEFAULT_SETTINGS, on: true, seed: 42, chances });
});

test('a shared link opens with the switch on and the same run, whatever was kept', () => {
  const shared = pageAt('http://shop.test/cart');
  shared.settings.change({ by: 'script', script: ['lose_request', 'delay'], seed: 77 });
  const opened = pageAt(shared.settings.shareUrl(), { [FLAKY_STORAGE_KEY]: '{"on":false,"seed":1,"chances":{}}' });
  expect(opened.settings.getSnapshot()).toMatchObject({
    on: true,
    by: 'script',
    script: ['lose_request', 'delay'],
    seed: 77,
  });
});

test('switching off takes the settings out of the address', () => {
  const page = pageAt('http://shop.test/?flaky=delay&seed=9');
  page.settings.change({ on: false });
  expect(page.address()).toBe('http://shop.test/');
  expect(page.settings.getSnapshot()).toMatchObject({ on: false, seed: 9, chances: { delay: 70 } });
});

test('where storage is forbidden the switch lasts as long as the page', () => {
  const forbidden = () => {
    throw new DOMException('denied', 'SecurityError');
  };
  const settings = createFlakySettings({
    storage: { getItem: forbidden, setItem: forbidden },
    readUrl: () => new URL('http://shop.test/'),
    replaceUrl: () => undefined,
    random: () => 0.5,
  });
  settings.change({ on: true });
  expect(settings.getSnapshot().on).toBe(true);
});

test('another seed is drawn until one is found with which something happens', () => {
  const draws = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95];
  const page = pageAt('http://shop.test/?flaky=delay-20&seed=1', {}, () => draws.shift() ?? 0);
  page.settings.drawSeed();
  const settings = page.settings.getSnapshot();
  expect(settings.seed).not.toBe(1);
  expect(scriptOf(settings)).toEqual([expect.objectContaining({ kind: 'delay' })]);
  expect(page.address()).toContain(`seed=${settings.seed}`);
});

test('where no seed disturbs anything, one is drawn all the same', () => {
  const page = pageAt('http://shop.test/?flaky=delay-1&seed=1', {}, () => 0.5);
  page.settings.drawSeed();
  expect(page.settings.getSnapshot().seed).toBe(500_000);
});
