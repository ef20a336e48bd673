import type { Snapshot } from '#server/backstage/snapshot.ts';

export interface FeedView {
  /** `refused`: the shop serves no more windows than it does; it is asked again by and by. */
  readonly connection: 'connecting' | 'live' | 'reconnecting' | 'refused';
  /** The last that was heard; null before anything was. */
  readonly snapshot: Snapshot | null;
}

export interface Watching {
  onState(snapshot: Snapshot): void;
  onConnection(connection: 'live' | 'reconnecting'): void;
  /** It is over and will not come back by itself. */
  onEnd(why: 'ended' | 'refused'): void;
}

interface FeedPorts {
  /** Opens the stream; returns how to close it. */
  readonly watch: (watching: Watching) => () => void;
  /** Returns how to cancel. */
  readonly later: (task: () => void, milliseconds: number) => () => void;
  /** Calls back when the window is shown or hidden; returns how to stop. */
  readonly onVisibility: (listener: (isVisible: boolean) => void) => () => void;
}

const COME_BACK_MS = 1_500;
const ASK_AGAIN_MS = 10_000;

const NOT_YET: FeedView = { connection: 'connecting', snapshot: null };

export type Feed = ReturnType<typeof createFeed>;

/**
 * The shop's truth as it comes. Open while somebody looks: a stream takes one of the six connections that a browser
 * opens to one host, so a window in the background gives its own back.
 */
export function createFeed({ watch, later, onVisibility }: FeedPorts) {
  const listeners = new Set<() => void>();
  let view = NOT_YET;
  let close: (() => void) | undefined;
  let stop: (() => void) | undefined;

  const show = (change: Partial<FeedView>) => {
    view = { ...view, ...change };
    for (const listener of listeners) listener();
  };

  function open() {
    close = watch({
      onState: (snapshot) => show({ snapshot, connection: 'live' }),
      onConnection: (connection) => show({ connection }),
      onEnd(why) {
        show({ connection: why === 'refused' ? 'refused' : 'reconnecting' });
        close = later(open, why === 'refused' ? ASK_AGAIN_MS : COME_BACK_MS);
      },
    });
  }

  function shut() {
    close?.();
    close = undefined;
  }

  function start() {
    open();
    const unlisten = onVisibility((isVisible) => {
      shut();
      if (isVisible) open();
    });
    stop = () => {
      unlisten();
      shut();
    };
  }

  return {
    getSnapshot: () => view,
    subscribe(listener: () => void) {
      if (listeners.size === 0) start();
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) stop?.();
      };
    },
  };
}
