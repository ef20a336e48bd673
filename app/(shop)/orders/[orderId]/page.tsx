import type { Metadata } from 'next';
import { ReceiptScreen } from '../../../orders/receipt-screen.tsx';

export const metadata: Metadata = { title: 'Receipt' };

export default async function OrderPage({ params }: { params: Promise<{ orderId: string }> }) {
  const { orderId } = await params;
  return <ReceiptScreen orderId={orderId} />;
}
