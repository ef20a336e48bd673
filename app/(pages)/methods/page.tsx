import type { Metadata } from 'next';
import { MethodsScreen } from '../../methods/methods-screen.tsx';

export const metadata: Metadata = {
  title: 'Methods',
  description: 'GET, HEAD, PUT, DELETE, POST and PATCH, each sent twice: what the answers say, and what changed.',
};

export default function MethodsPage() {
  return <MethodsScreen />;
}
