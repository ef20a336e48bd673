import { perform } from './performance.ts';
import type { Run, Scenario, Step } from './scenario.ts';

/** The last run of a scenario with protection on and with it off. */
export interface RunPair {
  readonly on?: Run;
  readonly off?: Run;
}

export interface TheatreView {
  /** By the scenario's id. */
  readonly runs: Readonly<Record<string, RunPair>>;
  /** One at a time: what a run shows should be its own doing. */
  readonly playing: { readonly id: string; readonly withKey: boolean } | null;
}

interface TheatrePorts {
  readonly now: () => number;
  /** Where a run shows the other pages that it opens; null when the visitor has left the page. */
  readonly placeOf: (id: string, withKey: boolean) => HTMLElement | null;
}

/** Plays scenarios outside React, so that no render can disturb a payment. */
export function createTheatre({ now, placeOf }: TheatrePorts) {
  let view: TheatreView = { runs: {}, playing: null };
  const listeners = new Set<() => void>();

  function show(change: Partial<TheatreView>) {
    view = { ...view, ...change };
    for (const listener of listeners) listener();
  }

  function showRun(id: string, withKey: boolean, run: Run) {
    show({ runs: { ...view.runs, [id]: { ...view.runs[id], [withKey ? 'on' : 'off']: run } } });
  }

  return {
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    getSnapshot: () => view,
    /** Never rejects. A second tap while one plays does nothing. */
    async play(scenario: Scenario, withKey: boolean): Promise<void> {
      if (view.playing) return;
      const { id } = scenario;
      let steps: readonly Step[] = [];
      show({ playing: { id, withKey } });
      showRun(id, withKey, { steps, end: { kind: 'playing' } });
      const end = await perform(scenario, {
        withKey,
        now,
        place: () => placeOf(id, withKey),
        onStep: (step) => {
          steps = [...steps, step];
          showRun(id, withKey, { steps, end: { kind: 'playing' } });
        },
      });
      showRun(id, withKey, { steps, end });
      show({ playing: null });
    },
  };
}
