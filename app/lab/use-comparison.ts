import { useEffect, useState } from 'react';
import type { Comparison } from './comparison.ts';
import type { LabSettings } from './settings.ts';

export interface ComparisonState {
  /** The last one that came to its end; it stays in sight while the next one runs. */
  readonly comparison: Comparison | undefined;
  readonly state: 'running' | 'done' | 'failed';
}

/** A slider is let go of before anything is run. */
const SETTLE_MS = 150;

/** Runs the settings in a worker, so that the page stays free. New settings end the run of the old ones. */
export function useComparison(settings: LabSettings): ComparisonState {
  const [comparison, setComparison] = useState<Comparison>();
  const [failed, setFailed] = useState<LabSettings>();

  useEffect(() => {
    let worker: Worker | undefined;
    const timer = setTimeout(() => {
      worker = new Worker(new URL('./lab-worker.ts', import.meta.url), { type: 'module' });
      worker.onmessage = ({ data }: MessageEvent<Comparison>) => {
        setComparison({ ...data, settings });
        worker?.terminate();
      };
      worker.onerror = () => setFailed(settings);
      worker.postMessage(settings);
    }, SETTLE_MS);
    return () => {
      clearTimeout(timer);
      worker?.terminate();
    };
  }, [settings]);

  if (comparison?.settings === settings) return { comparison, state: 'done' };
  return { comparison, state: failed === settings ? 'failed' : 'running' };
}
