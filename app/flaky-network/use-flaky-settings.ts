'use client';

import { useSyncExternalStore } from 'react';
import { client } from '../client.ts';
import { DEFAULT_SETTINGS } from './settings-text.ts';

export function useFlakySettings() {
  return useSyncExternalStore(subscribe, current, () => DEFAULT_SETTINGS);
}

const subscribe = (listener: () => void) => client().flaky.subscribe(listener);
const current = () => client().flaky.getSnapshot();
