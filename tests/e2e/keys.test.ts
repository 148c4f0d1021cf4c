// The page by keyboard alone.
import { test, expect } from './fixtures.ts';
import { fingerprint, open, status, where } from './pages.ts';

test('the keys move the replay', async ({ page }) => {
  await open(page, '#/debate/first?v=1&at=1');
  await fingerprint(page);
  await expect(where(page)).toHaveText('the opening');
  for (const [key, there] of [
    ['ArrowRight', 'turn 1 of 6'],
    ['ArrowRight', 'turn 2 of 6'],
    ['ArrowLeft', 'turn 1 of 6'],
    ['End', 'the verdict'],
    ['Home', 'the opening'],
    ['ArrowRight', 'turn 1 of 6'],
    ['r', 'the opening'],
  ]) {
    await page.keyboard.press(key);
    await expect(where(page), key).toHaveText(there);
  }
});

test('Space plays and pauses', async ({ page }) => {
  await open(page, '#/debate/first?v=1&at=1');
  await fingerprint(page);
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
});

test('N runs again with another seed', async ({ page }) => {
  await open(page, '#/debate/first?v=1&seed=7&at=1');
  const before = await fingerprint(page);
  await page.keyboard.press('n');
  await expect(status(page)).not.toContainText(/seed 7\b/);
  expect(await fingerprint(page)).not.toBe(before);
  await expect(page).toHaveURL(/seed=/);
});

test('? shows the keys, and Escape puts them away', async ({ page }) => {
  await open(page, '#/debate/first?v=1&at=1');
  await fingerprint(page);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  // In a dialog the page's keys are silent.
  await page.keyboard.press('End');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(where(page)).toHaveText('the opening');
});

test('everything that can be pressed can be reached with Tab', async ({ page }) => {
  await open(page, '#/debate/first?v=1&at=1');
  await fingerprint(page);
  const reached = new Set<string>();
  for (let i = 0; i < 120; i += 1) {
    await page.keyboard.press('Tab');
    const name = await page.evaluate(() => {
      const at = document.activeElement;
      return at === document.body ? null : (at?.getAttribute('aria-label') ?? at?.textContent ?? '').trim();
    });
    if (name === null) break;
    reached.add(name);
  }
  for (const name of ['Skip to the stage', 'Share', 'Step', 'New seed', 'Position', 'Honest']) {
    expect([...reached], name).toContain(name);
  }
});

test('a pixel can be chosen with the arrow keys', async ({ page }) => {
  await open(page, '#/debate/first?v=1&seat=honest');
  await expect(page.getByText('Your move.')).toBeVisible();
  const picture = page.getByRole('application');
  await picture.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/moves=\d+/);
  await expect(page.getByText(/What the judge sees: [12] of 6/)).toBeVisible();
});
