import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

/** What a phone may have to fetch and read before the shop answers a tap. */
const FIRST_LOAD_BYTES_MAX = 180_000;

/** Words that only one part of the site says, so that its code is known by them wherever the build puts it. */
const SAID_BY = {
  backstage: 'Live from the shop',
  lab: 'Running both strategies',
  plots: 'recharts-responsive-container',
  checkout: 'Just looking?',
} as const;

interface Script {
  /** Of what came over the wire. */
  readonly bytes: number;
  readonly text: string;
}

/** Notes what the page asks for by itself; what was noted is then fetched once more as a browser would, and weighed. */
function scriptsOf(page: Page): () => Promise<readonly Script[]> {
  const urls = new Set<string>();
  page.on('request', (request) => {
    if (request.resourceType() === 'script') urls.add(request.url());
  });
  return () => Promise.all([...urls].map(weigh));
}

async function weigh(url: string): Promise<Script> {
  const [answer] = (await once(get(url, { headers: { 'Accept-Encoding': 'gzip' } }), 'response')) as [IncomingMessage];
  const body = await buffer(answer);
  // What is smaller than a packet is sent as it is.
  const isPacked = answer.headers['content-encoding'] === 'gzip';
  return { bytes: body.length, text: (isPacked ? gunzipSync(body) : body).toString() };
}

const say = (scripts: readonly Script[], words: string) => scripts.some(({ text }) => text.includes(words));

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('the shop loads less than 180 kB of script, and nothing of the lab or the backstage', async ({ page }) => {
    const scriptsSoFar = scriptsOf(page);
    await page.goto('/');
    await page.getByRole('button', { name: 'Add Field Notes to cart' }).waitFor();
    // The last that a page asks for by itself.
    await page.getByRole('region', { name: 'First steps' }).waitFor();
    const scripts = await scriptsSoFar();
    expect(scripts.length).toBeGreaterThan(3);
    expect(scripts.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(FIRST_LOAD_BYTES_MAX);
    for (const words of Object.values(SAID_BY)) expect(say(scripts, words), words).toBe(false);
  });
});

test('what the shop leaves out is loaded where it is shown', async ({ page }) => {
  const scriptsSoFar = scriptsOf(page);
  await page.goto('/');
  await page.getByText(SAID_BY.backstage).waitFor();
  await page.goto('/lab');
  await page.getByRole('region', { name: 'Load on the server', exact: true }).waitFor();
  const scripts = await scriptsSoFar();
  for (const words of [SAID_BY.backstage, SAID_BY.lab, SAID_BY.plots]) expect(say(scripts, words), words).toBe(true);
});
