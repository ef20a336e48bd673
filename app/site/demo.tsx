'use client';

import { createContext, type ReactNode, useContext } from 'react';

const Demo = createContext(true);

/** Whether this shop is a demonstration, as its server says with each document. */
export function DemoProvider({ isDemo, children }: { isDemo: boolean; children: ReactNode }) {
  return <Demo value={isDemo}>{children}</Demo>;
}

export const useIsDemo = () => useContext(Demo);

/** A shop that means it has no switches for its network and nobody who looks behind it. */
export function DemoOnly({ children }: { children: ReactNode }) {
  return useIsDemo() && children;
}

/** The same for what stands outside React: the document carries it. */
export const isDemoDocument = () => document.documentElement.dataset.demo !== 'off';
