import type { Metadata } from 'next';
import { HowItWorks } from '../../how-it-works/how-it-works.tsx';

export const metadata: Metadata = {
  title: 'How it works',
  description: 'One lost answer, step by step: what the phone keeps, what the shop keeps, and why one charge is made.',
};

export default function HowItWorksPage() {
  return <HowItWorks />;
}
