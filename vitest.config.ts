import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Playwright owns *.spec.ts; the default pattern would take those too.
    include: ['**/*.test.ts', 'scripts/**/*.test.mjs'],
    exclude: ['**/node_modules/**', '.next/**', 'dist/**'],
    pool: 'forks',
    // Most of these tests wait: for a lease, a lock, a process. Two at a time use one of two cores, and three one and a half.
    maxWorkers: 3,
    retry: 0,
    // A limit for what hangs. A loaded machine is slow and not wrong, and no test here is about how fast it is.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // What a passing test prints is noise beside what a failing one does.
    silent: 'passed-only',
  },
});
