'use client';

import { useSyncExternalStore } from 'react';
import { Button } from '../phone/button.tsx';
import type { Playback } from './use-playback.ts';

/** Once more, slowly or as it was; for those who asked for less motion, from moment to moment. */
export function ReplayButtons({ playback }: { playback: Playback }) {
  const { atMs, step, play, nextStep, stop } = playback;
  const isStill = useReducedMotion();
  return (
    <fieldset className="mt-2 flex flex-wrap gap-2.5">
      <legend className="sr-only">Replay</legend>
      {isStill ? (
        <Button kind="quiet" onClick={nextStep}>
          {step ? `Next, ${step.number} of ${step.of}` : 'Replay step by step'}
        </Button>
      ) : (
        atMs === null && (
          <>
            <Button kind="quiet" onClick={() => play(0.25)}>
              Replay at ¼ speed
            </Button>
            <Button kind="quiet" onClick={() => play(1)}>
              At 1×
            </Button>
          </>
        )
      )}
      {atMs !== null && (
        <Button kind="quiet" onClick={stop}>
          Show all
        </Button>
      )}
    </fieldset>
  );
}

const REDUCED = '(prefers-reduced-motion: reduce)';

function useReducedMotion(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const query = window.matchMedia(REDUCED);
      query.addEventListener('change', listener);
      return () => query.removeEventListener('change', listener);
    },
    () => window.matchMedia(REDUCED).matches,
    () => false,
  );
}
