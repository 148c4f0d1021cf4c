// The weak-to-strong lab: curves, numbers, questions, the grid, and a link that replays.
import { test, expect } from './fixtures.ts';
import { fingerprint, open, setting } from './pages.ts';

const SMALL = 'v=1&strong=s&labelled=250&epochs=1&repeats=2';

test('three trainings draw their curves and come to a recovered gap', async ({ page }) => {
  await open(page, `#/weak-to-strong/digits?${SMALL}`);
  await fingerprint(page);
  for (const who of ['supervisor', 'student', 'ceiling']) {
    await expect(page.locator(`.results [data-who="${who}"]`)).toContainText(/\d\d\.\d % \[/);
  }
  await expect(page.locator('.gauge')).toContainText(/recovered −?\d+\.\d\d|undefined/);
  await expect(page.locator('.results')).toContainText('Means over 2 repetitions');
  await expect(page.getByRole('table', { name: /over each training/ })).toBeAttached();
});

test('questions are sorted by what became of the supervisor’s mistakes', async ({ page }) => {
  await open(page, `#/weak-to-strong/overlap?v=1&labelled=500&repeats=1`);
  await fingerprint(page);
  await page.getByRole('radio', { name: 'all', exact: true }).check();
  await expect(page.locator('.cards .card')).toHaveCount(96);
  await page.getByRole('radio', { name: 'mistake inherited' }).check();
  const inherited = await page.locator('.cards .card').count();
  await expect(page.locator('.examples [role=status]')).toContainText(`${inherited} where it inherits`);
  for (const card of await page.locator('.cards .card').all()) await expect(card.getByText('wrong')).toHaveCount(2);
});

test('the confidence loss puts a naive student beside, and its α in the link', async ({ page }) => {
  await open(page, `#/weak-to-strong/overlap?v=1&labelled=500&repeats=1`);
  await fingerprint(page);
  await expect(page.getByLabel('Own answers, at most', { exact: true })).toHaveCount(0);
  await setting(page, 'Student learns from').selectOption({ label: 'the labels and its own confidence' });
  await fingerprint(page);
  await expect(page.locator('.results [data-who="naive student"]')).toContainText('%');
  await expect(page).toHaveURL(/method=confidence/);
});

test('a pair of the grid opens as a run of its own', async ({ page }) => {
  await open(page, '#/weak-to-strong/digits-grid?v=1&family=overlap&labelled=250&epochs=1&repeats=1');
  await fingerprint(page);
  await expect(page.locator('.pairs td button')).toHaveCount(9);
  await page.locator('.pairs td button').last().click();
  await expect(page.locator('.gauge')).toBeVisible();
  await expect(page).toHaveURL(/mode=pair.*weak=l.*strong=l/);
});

test('a change of lab and back leaves nothing behind', async ({ page }) => {
  await open(page, '#/weak-to-strong/overlap?v=1&labelled=250&repeats=1');
  await fingerprint(page);
  await page.getByRole('link', { name: 'Debate', exact: true }).click();
  await expect(page.getByText('What the debaters see')).toBeVisible();
  await page.goBack();
  await fingerprint(page);
  await expect(page.locator('.gauge')).toBeVisible();
});
