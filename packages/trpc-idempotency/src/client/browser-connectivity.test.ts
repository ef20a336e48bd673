import { sleep } from '@payonce/retry';
import { expect, test } from 'vitest';
import { browserConnectivity } from './browser-connectivity.ts';

const unaborted = () => new AbortController().signal;

/** A page whose browser says what the test says, with the time of a wait in the test's hand. */
function page() {
  const target = new EventTarget();
  const waits: { ms: number; pass: () => void }[] = [];
  const port = browserConnectivity({
    page: target,
    wait: (ms, signal) =>
      new Promise((resolve) => {
        waits.push({ ms, pass: resolve });
        if (signal.aborted) resolve();
        signal.addEventListener('abort', () => resolve());
      }),
  });
  if (!port) throw new Error('a page has a connection');
  return { port, waits, say: (word: 'offline' | 'online') => target.dispatchEvent(new Event(word)) };
}

test('a page that could be loaded is online until the browser says that this has changed', () => {
  const { port, say } = page();
  expect(port.isOnline()).toBe(true);
  say('offline');
  expect(port.isOnline()).toBe(false);
  say('online');
  expect(port.isOnline()).toBe(true);
});

test('the wait ends when the connection is back', async () => {
  const { port, say } = page();
  say('offline');
  const back = port.online(unaborted());
  say('online');
  await back;
  expect(port.isOnline()).toBe(true);
});

test('the wait ends by an abort, and it is still offline', async () => {
  const { port, say } = page();
  say('offline');
  const stop = new AbortController();
  const back = port.online(stop.signal);
  stop.abort();
  await back;
  expect(port.isOnline()).toBe(false);
});

test('a browser that is wrong holds nothing up for long, and is then not believed until it says something new', async () => {
  const { port, waits, say } = page();
  say('offline');
  const back = port.online(unaborted());
  expect(waits[0]?.ms).toBe(15_000);
  waits[0]?.pass();
  await back;
  expect(port.isOnline()).toBe(true);
  say('offline');
  expect(port.isOnline()).toBe(false);
});

test('a connection that came back just before the wait is not waited for', async () => {
  await browserConnectivity({ page: new EventTarget(), wait: sleep })?.online(unaborted());
});

test('outside of a browser there is nothing to ask', () => {
  expect(browserConnectivity()).toBeUndefined();
});
