import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { readEnv } from '#server/env.ts';
import { ScenariosScreen } from '../../scenarios/scenarios-screen.tsx';

export const metadata: Metadata = {
  title: 'Scenarios',
  description: 'Twelve things that go wrong in a checkout, each one tap away, on the true system.',
};

export default async function ScenariosPage() {
  // Asked at each request: the same build runs with the demo on and off.
  await connection();
  if (!readEnv().isDemo) notFound();
  return <ScenariosScreen />;
}
