import type { Metadata } from 'next';
import { Empty } from './phone/empty.tsx';
import { Stage } from './phone/stage.tsx';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <Stage>
      <Empty title="Nothing on this shelf" next={{ href: '/', words: 'Back to the shop' }}>
        This page does not exist, or it never did.
      </Empty>
    </Stage>
  );
}
