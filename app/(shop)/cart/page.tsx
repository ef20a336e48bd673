import type { Metadata } from 'next';
import { CartScreen } from '../../cart/cart-screen.tsx';

export const metadata: Metadata = { title: 'Cart' };

export default function CartPage() {
  return <CartScreen />;
}
