import { expect, test } from 'vitest';
import { createFlakySettings, DEFAULT_SETTINGS, FLAKY_STORAGE_KEY, seedFrom } from './flaky-settings.ts';

function pageAt(address: string, kept: Record<string, string> = {}) {
  const storage = new Map(Object.entries(kept));
  let url = new URL(address);
  const settings = createFlakySettings({
    storage: { getItem: (name) => storage.get(name) ?? null, setItem: (name, value) => void storage.set(name, value) },
    readUrl: () => url,
    replaceUrl: (next) => {
      url = next;
    },
  });
  return { settings, storage, address: () => url.href };
}

test('a first visit has the switch off and the default behind it', () => {
  expect(pageAt('http://shop.test/').settings.getSnapshot()).toEqual(DEFAULT_SETTINGS);
});

test('a change is kept in storage and in the address, and the rest of the address stays', () => {
  const page = pageAt('http://shop.test/cart?checkout=');
  page.settings.change({ on: true, seed: 42, troubles: ['delay', 'duplicate'] });
  expect(page.address()).toBe('http://shop.test/cart?checkout=&flaky=delay.duplicate&seed=42');
  expect(pageAt('http://shop.test/', Object.fromEntries(page.storage)).settings.getSnapshot()).toEqual({
    on: true,
    seed: 42,
    troubles: ['delay', 'duplicate'],
  });
});

test('a shared link opens with the switch on and the same seed, whatever was kept', () => {
  const shared = pageAt('http://shop.test/cart');
  shared.settings.change({ seed: 77, troubles: ['lose_request'] });
  const opened = pageAt(shared.settings.shareUrl(), { [FLAKY_STORAGE_KEY]: '{"on":false,"seed":1,"troubles":[]}' });
  expect(opened.settings.getSnapshot()).toEqual({ on: true, seed: 77, troubles: ['lose_request'] });
});

test('switching off takes the settings out of the address', () => {
  const page = pageAt('http://shop.test/?flaky=delay&seed=9');
  page.settings.change({ on: false });
  expect(page.address()).toBe('http://shop.test/');
  expect(page.settings.getSnapshot()).toEqual({ on: false, seed: 9, troubles: ['delay'] });
});

test('what is not a setting is read as the default', () => {
  expect(pageAt('http://shop.test/?flaky=earthquake&seed=-3').settings.getSnapshot()).toEqual({
    ...DEFAULT_SETTINGS,
    on: true,
  });
  expect(pageAt('http://shop.test/', { [FLAKY_STORAGE_KEY]: '{' }).settings.getSnapshot()).toEqual(DEFAULT_SETTINGS);
  expect(seedFrom('1e9')).toBe(DEFAULT_SETTINGS.seed);
});
