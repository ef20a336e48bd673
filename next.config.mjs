/** @type {import('next').NextConfig} */
export default {
  // The optimizer decodes images that a stranger chooses and has had a remote code execution; our art is SVG.
  images: { unoptimized: true },
  poweredByHeader: false,
  reactStrictMode: true,
  serverExternalPackages: ['better-sqlite3'],
};
