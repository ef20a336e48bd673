import type { Metadata, Viewport } from 'next';
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { Stage } from './phone/stage.tsx';
import { ServerData } from './trpc/server-data.tsx';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Payonce: small goods, charged once', template: '%s · Payonce' },
  description: 'A small shop with a Pay button that charges once, whatever the network does.',
};

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f5f3ee' },
    { media: '(prefers-color-scheme: dark)', color: '#131418' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // The script nonce is made for each request, so no page may be rendered ahead of one.
  await connection();
  return (
    <html lang="en">
      <body className="font-sans antialiased">
        <ServerData>
          <Stage>{children}</Stage>
        </ServerData>
      </body>
    </html>
  );
}
