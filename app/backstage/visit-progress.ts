import { pageStorage } from '../page-storage.ts';
import type { Progress } from './first-visit.ts';

const STORAGE_KEY = 'payonce.first-visit';

const listeners = new Set<() => void>();
let progress: Progress | undefined;

/** Remembered by the browser, so that nobody is shown around twice. */
export function visitProgress(): Progress {
  progress ??= kept();
  return progress;
}

export function setVisitProgress(next: Progress): void {
  progress = next;
  try {
    pageStorage().setItem(STORAGE_KEY, next);
  } catch {
    // Storage that is full: it is remembered as long as the page.
  }
  for (const listener of listeners) listener();
}

export function onVisitProgress(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function kept(): Progress {
  const found = pageStorage().getItem(STORAGE_KEY);
  return found === 'explained' || found === 'done' ? found : 'new';
}
