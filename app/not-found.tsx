import type { Metadata } from 'next';
import { Empty } from './phone/empty.tsx';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <Empty title="Nothing on this shelf" next={{ href: '/', words: 'Back to the shop' }}>
      This page does not exist, or it never did.
    </Empty>
  );
}
