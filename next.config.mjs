/** @type {import('next').NextConfig} */
export default {
  // The optimizer decodes images that a stranger chooses and has had a remote code execution; our art is SVG.
  images: { unoptimized: true },
  poweredByHeader: false,
  // `npm test` checks the types of the whole tree; a build on a fresh clone should not wait for that, nor need @types.
  typescript: { ignoreBuildErrors: true },
  reactStrictMode: true,
  serverExternalPackages: ['better-sqlite3'],
  // Larger chunks pack better: 3 of the 180 kB that a first visit loads (e2e/first-load.spec.ts). In bytes of code as it
  // is written; with the default, 50 kB, ours came in eight pieces of a few kB each.
  experimental: { turbopackChunking: { minChunkSize: 400_000 } },
};
