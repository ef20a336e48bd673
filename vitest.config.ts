import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Playwright owns *.spec.ts; the default pattern would take those too.
    include: ['**/*.test.ts'],
    exclude: ['**/node_modules/**', '.next/**', 'dist/**'],
    pool: 'forks',
    retry: 0,
  },
});
