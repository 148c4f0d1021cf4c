// Tournaments and training: long runs whose newest state is shown.
import { readFileSync } from 'node:fs';
import { test, expect } from './fixtures.ts';
import { fingerprint, open } from './pages.ts';

const SMALL = '#/debate/paper-6px?v=1&games=20&honest=greedy&liar=greedy';

test('a small tournament fills the paper’s table', async ({ page }) => {
  await open(page, SMALL);
  await fingerprint(page);
  await expect(page.getByText('20 of 20 held-out pictures played')).toBeVisible();
  const row = page.getByRole('row').filter({ hasText: 'Debate, claims first (precommit)' });
  await expect(row).toContainText(/\d+\.\d %/);
  await expect(row).toContainText('paper');
});

test('the results can be taken away as CSV and JSON', async ({ page }) => {
  await open(page, SMALL);
  await fingerprint(page);
  await page.locator('.exports summary').click();
  for (const [name, form] of [['CSV', /,/], ['JSON', /^[[{]/]] as const) {
    const download = page.waitForEvent('download');
    await page.locator('.exports').getByRole('button', { name }).click();
    const file = await download;
    expect(readFileSync((await file.path())!, 'utf8').trim()).toMatch(form);
  }
});

test('the same tournament gives the same fingerprint twice', async ({ page }) => {
  await open(page, SMALL);
  const first = await fingerprint(page);
  await page.reload();
  expect(await fingerprint(page)).toBe(first);
});

test('a judge learns in front of the reader', async ({ page }) => {
  await open(page, '#/debate/train-judge?v=1&steps=50');
  await fingerprint(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('How does the judge learn?');
});
