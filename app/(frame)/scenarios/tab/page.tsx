import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { readEnv } from '#server/env.ts';
import { TabScreen } from '../../../scenarios/tab-screen.tsx';

export const metadata: Metadata = { title: 'The other page', robots: { index: false } };

export default async function ScenarioTabPage() {
  // Asked at each request: the same build runs with the demo on and off.
  await connection();
  if (!readEnv().isDemo) notFound();
  return <TabScreen />;
}
