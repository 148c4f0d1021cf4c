// Runs that fall into parts: shared by as many workers as there are cores to spare, with the same events in the same
// order.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { test, expect } from './fixtures.ts';
import { die, finished, fingerprint, open, status } from './pages.ts';

const committed: { link: string; everywhere?: string }[] = JSON.parse(
  readFileSync(fileURLToPath(new URL('../fingerprints.json', import.meta.url)), 'utf8'),
);

/** The browser says that it has this many cores. */
async function cores(page: Page, count: number) {
  await page.addInitScript((count) => Object.defineProperty(Navigator.prototype, 'hardwareConcurrency', { get: () => count }), count);
}

for (const [count, workers] of [[1, 1], [2, 1], [4, 3]]) {
  test(`with ${count} cores ${workers} of them compute, and the fingerprint is the same`, async ({ page }) => {
    await cores(page, count);
    for (const form of [/digits-grid/, /strong\/digits\?.*repeats=2/, /paper-6px\?/]) {
      const { link, everywhere } = committed.find((entry) => form.test(entry.link))!;
      await open(page, link);
      await finished(page);
      expect(await page.locator('footer.bar').getAttribute('data-fingerprint'), link).toBe(everywhere);
    }
    await open(page, '#/weak-to-strong/overlap?v=1&labelled=250&epochs=1&repeats=6');
    await finished(page);
    expect(page.workers()).toHaveLength(workers);
  });
}

test('many workers are stopped at once, and go on with something else', async ({ page }) => {
  await cores(page, 4);
  await open(page, '#/debate/paper-6px-no-precommit?v=1&games=200');
  await expect(page.getByRole('progressbar')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('Stopped. What has come so far is shown.')).toBeVisible();
  await page.evaluate(() => {
    location.hash = '#/debate/first?v=1&seed=3&at=2';
  });
  await fingerprint(page);
  await expect(status(page)).toContainText('seed 3');
});

test('one of many workers dies: the run starts again and comes out the same', async ({ page, watch }) => {
  await cores(page, 4);
  watch.allow(/killed on purpose/);
  await open(page, '#/weak-to-strong/overlap?v=1&labelled=1000&epochs=2&repeats=8');
  await expect.poll(() => page.workers().length).toBe(3);
  await die(page.workers()[2], 'killed on purpose');
  await expect(page.locator('.notices')).toContainText('A new one has taken its place');
  const found = await fingerprint(page);
  await cores(page, 1);
  await open(page, '#/weak-to-strong/overlap?v=1&labelled=1000&epochs=2&repeats=8');
  expect(await fingerprint(page)).toBe(found);
});

test('texts that were brought are known to every worker', async ({ page }) => {
  await cores(page, 4);
  await open(page, '#/weak-to-strong/text?v=1&labelled=100&epochs=1&repeats=4');
  await finished(page);
  const text = Array.from({ length: 4000 }, (_, i) => `${i % 2},${i % 2 ? 'warm bright' : 'cold dark'} day number ${i}\n`).join('');
  await page.getByRole('button', { name: 'Bring your own texts …' }).click();
  await page.locator('dialog[open] input[type=file]').setInputFiles({ name: 'own.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await expect(page.locator('.bring')).toContainText('4000 texts');
  await expect(page).toHaveURL(/text=own/);
  await fingerprint(page);
  await expect(page.getByRole('alert')).toBeHidden();
});
