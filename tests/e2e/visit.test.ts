// The first visit: what stands on the screen, and what it took to get there.
import type { Request } from '@playwright/test';
import { test, expect } from './fixtures.ts';
import { bar, fingerprint, open, where } from './pages.ts';

test('the first screen shows a debate that has already begun', async ({ page }) => {
  await page.goto('./');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('?');
  await expect(page.getByText('What the debaters see')).toBeVisible();
  await expect(page.getByText(/What the judge sees: [1-6] of 6/)).toBeVisible();
  await expect(bar(page, 'Pause')).toBeVisible();
  // It plays by itself, to its end.
  await expect(where(page)).toHaveText('the verdict', { timeout: 30_000 });
});

test('a first debate on screen costs at most 2.5 MB', async ({ page, context }) => {
  // The page's context sees what the worker asks for, too.
  const finished: Request[] = [];
  context.on('requestfinished', (request) => finished.push(request));
  await page.goto('./');
  await fingerprint(page);
  for (const part of [/page-[^/]*_bg\.wasm$/, /worker-cpu_bg\.wasm$/, /models\/.*safetensors$/]) {
    expect(finished.filter((request) => part.test(request.url())), String(part)).toHaveLength(1);
  }
  const sizes = await Promise.all(finished.map((request) => request.sizes()));
  const bytes = sizes.reduce((sum, size) => sum + size.responseHeadersSize + size.responseBodySize, 0);
  console.log(`first debate: ${Math.ceil(bytes / 1000)} kB over the wire`);
  expect(bytes).toBeLessThanOrEqual(2_500_000);
});

test('a reader who wants less motion sees the opening, standing still', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('./');
  await expect(where(page)).toHaveText('turn 1 of 6');
  await fingerprint(page);
  await expect(where(page)).toHaveText('turn 1 of 6');
});

test('going back brings back what was there', async ({ page }) => {
  await open(page, '#/debate/first');
  await fingerprint(page);
  await page.getByRole('navigation', { name: 'Labs' }).getByRole('link', { name: 'About' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('About the playground');
  await page.goBack();
  await expect(page.getByText('What the debaters see')).toBeVisible();
});
