import type { Metadata } from 'next';
import { BackstageScreen } from '../../backstage/backstage-screen.tsx';

export const metadata: Metadata = { title: 'Backstage' };

export default function BackstagePage() {
  return <BackstageScreen />;
}
