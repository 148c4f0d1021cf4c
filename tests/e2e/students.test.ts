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
  await expect(page.locator('.cards .card')).toHaveCount(12);
  await page.getByRole('button', { name: 'Show 84 more' }).click();
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
  // The run before stands beside this one, with what differs.
  const earlier = page.locator('.beside-paper', { has: page.getByRole('heading', { name: 'Beside earlier runs on this page' }) });
  await expect(earlier.getByRole('row')).toHaveCount(3);
  await expect(earlier.getByRole('row').nth(1)).toContainText('this run');
  await expect(earlier.getByRole('row').nth(2)).toContainText(/Student learns from: .*\d\d\.\d %/);
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

test('a chain stands beside its controls, and texts beside their answers', async ({ page }) => {
  await open(page, '#/weak-to-strong/text-chain?v=1&labelled=250&epochs=1&repeats=1');
  await fingerprint(page);
  const rows = page.locator('.chain-row');
  await expect(rows).toHaveCount(4);
  // Supervisor and three readers; supervisor and one; the same; supervisor and three equals.
  for (const [row, models] of [4, 2, 2, 4].entries()) await expect(rows.nth(row).getByRole('listitem')).toHaveCount(models);
  await page.getByRole('radio', { name: 'all', exact: true }).check();
  await expect(page.locator('.cards .card')).toHaveCount(12);
  await expect(page.locator('.cards .card').first()).toContainText('Is it praised?');
});

test('a reader’s own texts are read, and what is wrong with them is said', async ({ page }) => {
  await open(page, '#/weak-to-strong/text?v=1&labelled=250&epochs=1&repeats=1');
  await fingerprint(page);
  const bring = async (name: string, rows: number) => {
    const text = Array.from({ length: rows }, (_, i) => `${i % 2},${i % 2 ? 'warm bright' : 'cold dark'} day number ${i}\n`).join('');
    await page.getByRole('button', { name: 'Bring your own texts …' }).click();
    await page.locator('dialog[open] input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  };
  await bring('mine.csv', 3);
  await expect(page.locator('dialog[open]')).toContainText('“mine.csv” has 3 usable texts; at least 300 are needed.');
  await page.keyboard.press('Escape');
  await bring('mine.csv', 4000);
  await expect(page.locator('.bring')).toContainText('mine: 4000 texts, 2000 labelled “0” and 2000 “1”.');
  await expect(page).toHaveURL(/text=own/);
  await fingerprint(page);
  await page.getByRole('radio', { name: 'all', exact: true }).check();
  await expect(page.locator('.cards .card').first()).toContainText('Is this “1”?');
});

test('a mate in one is shown on a board, with what the student played before it learned', async ({ page }) => {
  await open(page, '#/weak-to-strong/chess?v=1&strong=s&labelled=100&epochs=1&repeats=1');
  await fingerprint(page);
  await expect(page.locator('.results')).toContainText(/student before[\s\S]*\d\d\.\d % \[/);
  await page.getByRole('radio', { name: 'all', exact: true }).check();
  const card = page.locator('.cards .card').first();
  await expect(card.getByRole('img')).toHaveAccessibleName(/^(White|Black) to move; .+ mates$/);
  await expect(card).toContainText(/Mate: \S+#/);
  await expect(card.locator('.board-arrow')).toHaveCount(3);
});

test('all weights learn where that is chosen, and trainings are counted', async ({ page }) => {
  await open(page, '#/weak-to-strong/digits?v=1&strong=s&labelled=250&epochs=3&repeats=2');
  await setting(page, 'What learns').getByRole('radio', { name: 'all weights' }).check();
  await expect(page.locator('.progress-words')).toHaveText(/^[1-5] of 6 trainings$/);
  await expect(page.locator('.lede')).toContainText('all weights of a pretrained network learn');
  await fingerprint(page);
  await expect(page.locator('.results')).toContainText('Means over 2 repetitions');
  await setting(page, 'Questions').selectOption({ label: 'a toy: easy and hard evidence' });
  await expect(setting(page, 'What learns')).toHaveCount(0);
});

test('a file that holds no puzzles is refused with its line', async ({ page }) => {
  await open(page, '#/weak-to-strong/chess?v=1&strong=s&labelled=100&epochs=1&repeats=1');
  await fingerprint(page);
  await page.getByRole('button', { name: 'Bring Lichess puzzles …' }).click();
  const buffer = Buffer.from('PuzzleId,FEN,Moves\nab,not a position,e2e4\n');
  await page.locator('dialog[open] input[type=file]').setInputFiles({ name: 'p.csv', mimeType: 'text/csv', buffer });
  await expect(page.locator('dialog[open] .wrong')).toContainText('“p.csv”, line 2, has a FEN that is no legal position');
});
