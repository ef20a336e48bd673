import { defineConfig, devices } from '@playwright/test';

/** The main path is proven on a phone too; the faults below it are the same code on either. */
const onPhone = /@phone|@screens/;

/** The smallest phone that is still about: every screen fits it. */
const smallPhone = { ...devices['iPhone SE'], browserName: 'chromium' } as const;

// Found by scripts/preflight/browser.mjs; without it Playwright's own browser is used.
const executablePath = process.env.CHROMIUM_PATH;
// Two cores have no graphics card to spare, and pretending to have one costs half of one.
const launchOptions = { args: ['--disable-gpu'], ...(executablePath && { executablePath }) };

export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  globalSetup: './e2e/run-payonce.ts',
  // A retry that turns red to green is the very bug this suite looks for.
  retries: 0,
  forbidOnly: true,
  fullyParallel: true,
  workers: 2,
  // The client itself gives a payment 60 s before it says "not known yet".
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    video: 'off',
    // A trace of every test costs a seventh of the whole run; `npm run e2e -- e2e/file.spec.ts --trace on` makes one.
    trace: 'off',
    screenshot: 'only-on-failure',
    // A service worker would answer before the faults of a test could; the shop has none, and must not gain one unseen.
    serviceWorkers: 'block',
    locale: 'en-IE',
  },
  projects: [
    { name: 'desktop', use: { ...devices['Desktop Chrome'], viewport: { width: 1280, height: 900 }, launchOptions } },
    { name: 'phone', grep: onPhone, use: { ...devices['Pixel 7'], launchOptions } },
    { name: 'small phone', grep: /@screens/, use: { ...smallPhone, launchOptions } },
  ],
});
