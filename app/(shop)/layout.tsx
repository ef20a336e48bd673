import type { ReactNode } from 'react';
import { Stage } from '../phone/stage.tsx';

export default function ShopLayout({ children }: { children: ReactNode }) {
  return <Stage>{children}</Stage>;
}
