'use client';

import { useEffect, useState } from 'react';
import type { Layout } from './lanes.ts';
import { momentsOf } from './scale.ts';

/** Milliseconds of the story in each millisecond of watching. */
type Speed = 0.25 | 1;

export interface Playback {
  /** The moment that is shown; null for the whole, as it is. */
  readonly atMs: number | null;
  /** Where it stands among the moments at which something happens, when it goes from one to the next. */
  readonly step: { readonly number: number; readonly of: number } | null;
  play(speed: Speed): void;
  /** To the next moment at which something begins or ends; the first one at the start, the whole after the last. */
  nextStep(): void;
  stop(): void;
}

type Playing =
  | { readonly kind: 'still' }
  | { readonly kind: 'running'; readonly speed: Speed; readonly atMs: number }
  | { readonly kind: 'stepping'; readonly index: number };

const STILL: Playing = { kind: 'still' };

/** The story once more, from the start. A payment that is under way comes first. */
export function usePlayback(layout: Layout, isLive: boolean): Playback {
  const [playing, setPlaying] = useState(STILL);
  const speed = playing.kind === 'running' ? playing.speed : null;
  const { endMs } = layout;

  useEffect(() => {
    if (isLive) setPlaying(STILL);
  }, [isLive]);

  useEffect(() => {
    if (speed === null) return;
    let startedAt: number | undefined;
    let frame = requestAnimationFrame(function draw(now) {
      startedAt ??= now;
      const atMs = (now - startedAt) * speed;
      setPlaying(atMs < endMs ? { kind: 'running', speed, atMs } : STILL);
      frame = requestAnimationFrame(draw);
    });
    return () => cancelAnimationFrame(frame);
  }, [speed, endMs]);

  const moments = momentsOf(layout);
  const index = playing.kind === 'stepping' ? playing.index : null;
  return {
    atMs: playing.kind === 'running' ? playing.atMs : index === null ? null : (moments[index] ?? endMs),
    step: index === null ? null : { number: index + 1, of: moments.length },
    play: (next) => setPlaying({ kind: 'running', speed: next, atMs: 0 }),
    nextStep() {
      const next = index === null ? 0 : index + 1;
      setPlaying(next < moments.length ? { kind: 'stepping', index: next } : STILL);
    },
    stop: () => setPlaying(STILL),
  };
}
