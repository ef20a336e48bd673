/** @type {import('next').NextConfig} */
export default {
  // The optimizer decodes images that a stranger chooses and has had a remote code execution; our art is SVG.
  images: { unoptimized: true },
  poweredByHeader: false,
  // `npm test` checks the types of the whole tree; a build on a fresh clone should not wait for that, nor need @types.
  typescript: { ignoreBuildErrors: true },
  reactStrictMode: true,
  serverExternalPackages: ['better-sqlite3'],
};
