import type { Metadata } from 'next';
import { LabScreen } from '../../lab/lab-screen.tsx';

export const metadata: Metadata = {
  title: 'Retry lab',
  description: 'How clients try again decides whether a server that was down can come back. Two ways side by side.',
};

export default async function LabPage({ searchParams }: PageProps<'/lab'>) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(await searchParams)) {
    if (typeof value === 'string') query.set(name, value);
  }
  return <LabScreen query={query.toString()} />;
}
