// Pieces of the page: each is fetched when it is wanted, and one that cannot be fetched says so.
import { expect, test } from './fixtures.ts';
import { fingerprint, open, VIEWS, where } from './pages.ts';
import type { Page } from '@playwright/test';

/** The pieces that have been asked for since, by their file names. */
function asked(page: Page): Set<string> {
  const names = new Set<string>();
  page.on('request', (request) => {
    const piece = /\/page-[^/]+\/(split_\w+)\.wasm$/.exec(request.url());
    if (piece) names.add(piece[1]!);
  });
  return names;
}

test('a visit fetches the views of the lab that it opens, and no others', async ({ page }) => {
  const names = asked(page);
  await open(page, VIEWS['an expression taken apart']);
  await expect(page.getByRole('tree')).toBeVisible();
  expect([...names]).toEqual(['split_amplification']);
  await page.getByRole('button', { name: 'Share' }).click();
  await expect(page.getByRole('textbox', { name: 'Link' })).toBeVisible();
  expect([...names]).toEqual(['split_amplification', 'split_aside']);
});

test('views that cannot be fetched are asked for again when the reader says so', async ({ page, watch }) => {
  watch.allow(/Failed to fetch|Failed to load resource/);
  await page.clock.install();
  await page.route(/split_debate\.wasm$/, (route) => route.abort());
  await page.goto('./');
  const alert = page.getByRole('alert').filter({ hasText: 'This part of the page could not be fetched' });
  await expect(alert).toBeVisible();
  // The run does not wait for its views, and plays to nobody.
  await fingerprint(page);
  await page.clock.fastForward(10_000);
  await expect(where(page)).toHaveText('turn 1 of 6');
  await page.unroute(/split_debate\.wasm$/);
  await alert.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('What the debaters see')).toBeVisible();
  await page.clock.fastForward(10_000);
  await expect(where(page)).toHaveText('turn 2 of 6');
});
