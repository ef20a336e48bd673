import type { Metadata, Viewport } from 'next';
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { readEnv } from '#server/env.ts';
import { DemoProvider } from './site/demo.tsx';
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
  const { isDemo } = readEnv();
  return (
    <html lang="en" data-demo={isDemo ? 'on' : 'off'}>
      <body className="font-sans antialiased">
        <DemoProvider isDemo={isDemo}>
          <ServerData>{children}</ServerData>
        </DemoProvider>
      </body>
    </html>
  );
}
