import type { Page } from '@playwright/test';
import { isClean } from './axe.ts';
import { expect, test } from './fixtures.ts';

/** The lab as a visitor meets it. */
class Lab {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(query = ''): Promise<void> {
    await this.page.goto(`/lab${query}`);
    await this.isDone();
  }

  /** Both runs have come to their end, and what is shown belongs to what is chosen. */
  async isDone(): Promise<void> {
    await expect(this.results).toHaveAttribute('data-state', 'done', { timeout: 60_000 });
  }

  get results() {
    return this.page.getByTestId('lab-results');
  }

  get summary() {
    return this.results.getByRole('status');
  }

  slider(name: string) {
    return this.page.getByRole('slider', { name });
  }
}

test('the retry storm: jitter alone does not let the server come back, a budget does', async ({ page }) => {
  const lab = new Lab(page);
  await lab.open();
  await expect(page.getByRole('button', { name: /^Retry storm/ })).toHaveAttribute('aria-pressed', 'true');
  await expect(lab.summary).toContainText('Exponential + full jitter: not back to normal when the run ended');
  await expect(lab.summary).toContainText('Of the calls that ended since the outage began, none was answered.');
  await expect(lab.summary).toContainText(/Jitter \+ budget: back to normal \d+\.\d s after the outage/);
  for (const plot of ['Load on the server', 'Clients that wait', 'Calls answered']) {
    const lines = page.getByRole('region', { name: plot, exact: true });
    await expect(lines.getByText('B back')).toBeVisible();
    await expect(lines.getByText('A back')).toHaveCount(0);
  }
});

test('the thundering herd: jitter spreads it, and coalescing makes it one request', async ({ page }) => {
  const lab = new Lab(page);
  await lab.open();
  await page.getByRole('button', { name: /^Thundering herd/ }).click();
  await expect(lab.summary).toContainText('Exponential: the busiest tenth of a second after the outage brought 38×');
  await expect(lab.summary).toContainText(/full jitter: the busiest .* brought [12]\.\d×/);

  await page
    .getByRole('group', { name: 'Cures of a herd, Strategy A' })
    .getByRole('switch', { name: 'Coalesce' })
    .check();
  await expect(lab.summary).toContainText(
    'Exponential, coalesced: the busiest tenth of a second after the outage brought 0.0×',
  );
});

test('a herd that no outage called is spread by staggered expiry, not by jitter', async ({ page }) => {
  const lab = new Lab(page);
  await lab.open('?arrivals=together&outage=0&a=full-jitter&b=full-jitter.staggered');
  await expect(lab.summary).toContainText('full jitter: the busiest tenth of a second brought 38×');
  await expect(lab.summary).toContainText(/full jitter, staggered: the busiest tenth of a second brought 0\.\d×/);
  await page
    .getByRole('group', { name: 'Cures of a herd, Strategy A' })
    .getByRole('switch', { name: 'Stagger expiry' })
    .press('Space');
  await expect(lab.summary).not.toContainText('38×');
});

test('the page answers while 5,000 clients run', async ({ page }) => {
  const lab = new Lab(page);
  await lab.open();
  await page.getByRole('combobox', { name: 'Strategy B' }).selectOption({ label: 'Immediate' });
  const worker = page.waitForEvent('worker');
  await lab.slider('Clients').press('End');
  await worker;
  await page.getByText('The numbers').first().click();
  // What is open and what runs are read in one look: a page that is busy with the run opens it only after its end.
  const look = await page.waitForFunction(() => {
    const rows = document.querySelectorAll('tbody tr').length;
    return rows > 0 && { rows, state: document.querySelector('[data-testid=lab-results]')?.getAttribute('data-state') };
  });
  const seen = await look.jsonValue();
  expect(seen).toEqual({ rows: 180, state: 'running' });
  await lab.isDone();
});

test('runs in a worker, and our content policy lets it', async ({ page }) => {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) complaints.push(message.text());
  });
  const worker = page.waitForEvent('worker');
  await new Lab(page).open();
  expect((await worker).url()).toContain('/_next/');
  expect(complaints).toEqual([]);
});

test('a link brings back the settings and what came of them', async ({ page, context }) => {
  const lab = new Lab(page);
  await lab.open();
  await lab.slider('Outage').focus();
  for (let press = 0; press < 3; press += 1) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+Tab');
  await lab.slider('Clients').focus();
  await page.keyboard.press('Home');
  await page.getByRole('combobox', { name: 'Strategy B' }).selectOption({ label: 'Fixed' });
  await expect(page).toHaveURL(/outage=23.*b=fixed/);
  await expect(lab.slider('Outage')).toHaveAttribute('aria-valuetext', '23 s');
  await expect(lab.summary).toContainText('Fixed: ');
  await lab.isDone();

  const second = new Lab(await context.newPage());
  await second.open(new URL(page.url()).search);
  await expect(second.slider('Outage')).toHaveValue('23');
  await expect(second.slider('Clients')).toHaveValue('100');
  await expect(second.summary).toHaveText((await lab.summary.textContent()) ?? '');
});

test('beside each plot stand its numbers', async ({ page }) => {
  const lab = new Lab(page);
  await lab.open('?arrivals=together');
  for (const name of ['Load on the server', 'Clients that wait', 'Calls answered']) {
    const plot = page.getByRole('region', { name, exact: true });
    await plot.getByText('The numbers').click();
    const rows = plot.getByRole('table').getByRole('row');
    await expect(rows).toHaveCount(1 + 180);
    await expect(rows.nth(1)).toHaveText(name === 'Calls answered' ? '0.0none endednone ended' : '0.000');
  }
});

test('axe finds nothing, in light and in dark: the lab with its plots, its numbers and the cures of a herd', async ({
  page,
}) => {
  const lab = new Lab(page);
  await lab.open('?arrivals=together');
  await page.locator('.recharts-line').first().waitFor();
  await page.getByText('The numbers').first().click();
  await isClean(page);
});

for (const width of [320, 390, 1920]) {
  test(`fits a screen of ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 640 });
    await new Lab(page).open('?arrivals=together');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });
}
