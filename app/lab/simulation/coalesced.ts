import type { ModelServer } from './model-server.ts';

/** Asks once for all who want the same while the answer is under way: they share it, good or bad. */
export function coalesced(server: ModelServer): ModelServer {
  // Nobody's leaving ends what the others wait for.
  const { signal } = new AbortController();
  let underWay: Promise<void> | undefined;
  return {
    handle() {
      underWay ??= server.handle(signal).finally(() => {
        underWay = undefined;
      });
      return underWay;
    },
  };
}
