import { expect, test } from 'vitest';
import type { Snapshot } from '#server/backstage/snapshot.ts';
import { createFeed, type Watching } from './feed.ts';

/** A feed whose streams, timers and window are in the test's hands. */
function page() {
  const open: Watching[] = [];
  const waiting: { task: () => void; milliseconds: number }[] = [];
  let turn: (isVisible: boolean) => void = () => undefined;
  const feed = createFeed({
    watch(watching) {
      open.push(watching);
      return () => void open.splice(open.indexOf(watching), 1);
    },
    later(task, milliseconds) {
      const entry = { task, milliseconds };
      waiting.push(entry);
      return () => void waiting.splice(waiting.indexOf(entry), 1);
    },
    onVisibility(listener) {
      turn = listener;
      return () => undefined;
    },
  });
  return { feed, open, waiting, turn: (isVisible: boolean) => turn(isVisible) };
}

const state = (requests: number) => ({ total: { requests } }) as Snapshot;

test('one stream serves all who look, and none is open when nobody does', () => {
  const { feed, open } = page();
  const leave = [feed.subscribe(() => undefined), feed.subscribe(() => undefined)];
  expect(open).toHaveLength(1);
  for (const stop of leave) stop();
  expect(open).toHaveLength(0);
});

test('what was heard last stays in sight while the stream comes back, and is replaced by the whole state', () => {
  const { feed, open, waiting } = page();
  feed.subscribe(() => undefined);
  open[0]?.onState(state(1));
  open[0]?.onConnection('reconnecting');
  expect(feed.getSnapshot()).toEqual({ connection: 'reconnecting', snapshot: state(1) });
  open[0]?.onEnd('ended');
  expect(waiting).toHaveLength(1);
  waiting[0]?.task();
  open.at(-1)?.onState(state(2));
  expect(feed.getSnapshot()).toEqual({ connection: 'live', snapshot: state(2) });
});

test('a window in the background gives its connection back', () => {
  const { feed, open, turn } = page();
  feed.subscribe(() => undefined);
  turn(false);
  expect(open).toHaveLength(0);
  turn(true);
  expect(open).toHaveLength(1);
});

test('a refusal is asked about again later than a stream that ended, and not at all when nobody looks any more', () => {
  const { feed, open, waiting } = page();
  const leave = feed.subscribe(() => undefined);
  open[0]?.onEnd('refused');
  expect(feed.getSnapshot().connection).toBe('refused');
  expect(waiting[0]?.milliseconds).toBeGreaterThan(1_500);
  leave();
  expect(waiting).toHaveLength(0);
});
