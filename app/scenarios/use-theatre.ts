'use client';

import { useSyncExternalStore } from 'react';
import { createTheatre, type TheatreView } from './theatre.ts';

let page: ReturnType<typeof createTheatre> | undefined;

export function theatre() {
  page ??= createTheatre({ now: Date.now, placeOf });
  return page;
}

/** The part of a run's panel that shows the other pages it opens. */
export function placeId(id: string, withKey: boolean): string {
  return `${id}-pages-${withKey ? 'on' : 'off'}`;
}

const placeOf = (id: string, withKey: boolean) => document.getElementById(placeId(id, withKey));

export function useTheatre(): TheatreView {
  return useSyncExternalStore(subscribe, current, () => NOTHING_PLAYED);
}

const NOTHING_PLAYED: TheatreView = { runs: {}, playing: null };

const subscribe = (listener: () => void) => theatre().subscribe(listener);
const current = () => theatre().getSnapshot();
