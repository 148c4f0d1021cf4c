// The amplification lab: the tree by keys, by search and by blame, a training that is stopped, and files of the tree.
import { statSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { test, expect } from './fixtures.ts';
import { bar, fingerprint, open, status, where } from './pages.ts';

const EXPRESSION = '#/amplification/expression?v=1&question=(3%2B4)*(2-7)%2B1';

/** The row in focus. */
async function row(page: Page) {
  const id = await page.getByRole('tree').getAttribute('aria-activedescendant');
  return page.locator(`[id="${id}"]`);
}

async function tree(page: Page, hash: string) {
  await open(page, hash);
  await fingerprint(page);
  await page.keyboard.press('End');
  await expect(page.getByRole('tree')).toBeVisible();
}

test('the tree is walked by keys alone, and the replay stands still meanwhile', async ({ page }) => {
  await tree(page, EXPRESSION);
  const there = await where(page).textContent();
  await page.getByRole('tree').focus();
  await page.keyboard.press('Home');
  await expect(await row(page)).toHaveAttribute('aria-level', '1');
  await expect(await row(page)).toHaveAttribute('aria-label', /−34, right, by H/);
  await page.keyboard.press('ArrowLeft');
  await expect(await row(page)).toHaveAttribute('aria-expanded', 'false');
  await expect(page.getByRole('treeitem')).toHaveCount(1);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(await row(page)).toHaveAttribute('aria-level', '2');
  await expect(await row(page)).toHaveAttribute('aria-posinset', '1');
  await page.keyboard.press('*');
  await page.keyboard.press('End');
  const last = page.getByRole('treeitem').last();
  await expect(last).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await expect(await row(page)).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press(' ');
  await expect(await row(page)).toHaveAttribute('aria-expanded', 'true');
  await expect(where(page)).toHaveText(there!);
  await expect(page.getByRole('tree')).toBeFocused();
});

test('a search goes from hit to hit and opens what is above', async ({ page }) => {
  await tree(page, EXPRESSION);
  await page.getByRole('tree').focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('/');
  const field = page.getByRole('searchbox');
  await expect(field).toBeFocused();
  await page.keyboard.type('2 − 7');
  await expect(page.locator('.tree-search [role=status]')).toContainText(/of|found/);
  await page.keyboard.press('Enter');
  await expect(await row(page)).toHaveAttribute('aria-label', /2 − 7/);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('tree')).toBeFocused();
  await expect(field).toHaveValue('');
});

test('a branch alone has a way back', async ({ page }) => {
  await tree(page, EXPRESSION);
  const all = await page.getByRole('treeitem').count();
  await page.getByRole('treeitem').nth(1).click();
  await page.getByRole('button', { name: 'Only this branch' }).click();
  await expect(page.getByRole('treeitem').first()).toHaveAttribute('aria-level', '1');
  expect(await page.getByRole('treeitem').count()).toBeLessThan(all);
  await page.getByRole('navigation', { name: 'The way to this branch' }).getByRole('button').first().click();
  await expect(page.getByRole('treeitem')).toHaveCount(all);
});

test('the levels that are open can be chosen', async ({ page }) => {
  await tree(page, EXPRESSION);
  const levels = page.getByLabel('Open:');
  await levels.selectOption('closed');
  await expect(page.getByRole('treeitem')).toHaveCount(1);
  await levels.selectOption('1 level');
  expect(await page.getByRole('treeitem').count()).toBeGreaterThan(1);
  await levels.selectOption('all');
  await expect(page.getByRole('treeitem', { expanded: false })).toHaveCount(0);
});

test('stepping asks, answers and combines', async ({ page }) => {
  await open(page, `${EXPRESSION}&at=2`);
  await fingerprint(page);
  await expect(page.getByRole('treeitem')).toHaveCount(1);
  await expect(page.getByRole('treeitem').first()).toHaveAttribute('aria-label', /not answered yet/);
  await bar(page, 'Step').click();
  await expect(page.getByRole('treeitem')).toHaveCount(2);
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('treeitem')).toHaveCount(1);
});

test('an expression is typed and asked, and one that cannot be read is answered in words', async ({ page }) => {
  await open(page, '#/amplification/expression');
  await fingerprint(page);
  const field = page.getByLabel('An expression of + − × and brackets');
  await field.fill('2*(3+4)');
  await field.press('Enter');
  await expect(page).toHaveURL(/question=/);
  await fingerprint(page);
  await page.keyboard.press('Escape');
  await bar(page, 'Run to end').click();
  await expect(page.getByRole('treeitem').first()).toHaveAttribute('aria-label', /14, right/);
  await field.fill('2*(3+');
  await field.press('Enter');
  const told = page.locator('.ask').getByRole('alert');
  await expect(told).toContainText('“2*(3+” cannot be asked. At character');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('A question, taken apart');
  // What was typed can be put right where it stands; meanwhile another question is asked.
  await expect(field).toHaveValue('2*(3+');
  await expect(field).toBeFocused();
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  const instead = (await told.textContent())!.split('Asked instead: ')[1].replace(/\.$/, '');
  await expect(page.getByRole('treeitem').first()).toHaveAttribute('aria-label', new RegExp(`^${instead.replace(/[()+*·.]/g, '\\$&')};`));
  await field.press('End');
  await page.keyboard.type('4)');
  await page.keyboard.press('Enter');
  await expect(told).toHaveCount(0);
  await expect(page.getByRole('treeitem').first()).toHaveAttribute('aria-label', /2 · \(3 \+ 4\)/);
  await field.fill('');
  await field.press('Enter');
  await expect(page.locator('.ask').getByRole('status')).toHaveText('Nothing was typed, so the seed drew a question.');
});

test('a question of another task is typed too, and without the explanations the form is still there', async ({ page }) => {
  await open(page, '#/amplification/powering?v=1&mode=tree&question=3(99)&hide=text');
  await fingerprint(page);
  await expect(page.locator('.lede, .who')).toHaveCount(0);
  const field = page.getByLabel('A power, and the item to begin at');
  await expect(field).toHaveValue('3(99)');
  await expect(page.locator('.ask').getByRole('alert')).toContainText('an item from 1 to 7');
  await field.fill('8(3)');
  await field.press('Enter');
  await expect(page.getByRole('treeitem').first()).toHaveAttribute('aria-label', /^σ⁸\(3\);/);
});

/** Whether an element is in the window, and not below the bar. */
async function inSight(page: Page, element: Locator) {
  const bar = (await page.locator('.bar').boundingBox())!;
  const box = (await element.boundingBox())!;
  return box.y >= 0 && box.y + box.height <= bar.y;
}

test('from a wrong root the blame path leads to the first mistake @layout', async ({ page }) => {
  await tree(page, '#/amplification/powering?v=1&mode=tree&error=50&kind=systematic');
  await page.getByRole('button', { name: 'To the first mistake' }).click();
  const here = await row(page);
  await expect(here).toHaveAttribute('aria-label', /wrong.*on the way to the first mistake/);
  // Both the row and what is said of it are in sight.
  const said = page.locator('.in-focus').getByText('made a mistake here');
  await expect.poll(() => inSight(page, said)).toBe(true);
  await expect.poll(() => inSight(page, page.locator('.tree-row.active'))).toBe(true);
  // Every row on the way there is wrong, from the root down.
  const blamed = page.locator('.tree-row.blamed');
  await expect(blamed.first()).toHaveAttribute('aria-level', '1');
  for (const label of await blamed.evaluateAll((rows) => rows.map((one) => one.getAttribute('aria-label')))) {
    expect(label).toContain('wrong');
  }
});

test('a tree is saved as SVG, PNG and JSON', async ({ page }) => {
  await tree(page, EXPRESSION);
  const nodes = await page.getByRole('treeitem').count();
  await page.locator('.tree .export summary').click();
  for (const [kind, begins] of [['SVG', '<svg'], ['PNG', '\x89PNG'], ['JSON', '[']]) {
    const coming = page.waitForEvent('download');
    await page.locator('.tree .export').getByRole('button', { name: kind, exact: true }).click();
    const file = await coming;
    const chunks: Buffer[] = [];
    for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    expect(bytes.toString('latin1').startsWith(begins), kind).toBe(true);
    if (kind === 'JSON') expect(JSON.parse(bytes.toString())).toHaveLength(nodes);
  }
});

test('a training is stopped in its middle, and what has come stays', async ({ page }) => {
  await open(page, '#/amplification/powering?v=1&steps=20000');
  await expect(page.getByRole('treeitem').first()).toBeVisible();
  await expect(page.getByRole('group', { name: /Right answers over training/ }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('Stopped. What has come so far is shown.')).toBeVisible();
  await expect(status(page)).toContainText('stopped');
  await expect(page.getByRole('treeitem').first()).toBeVisible();
});

test('the tree of an earlier round can be opened', async ({ page }) => {
  await open(page, '#/amplification/fixed?v=1&steps=60&supervised=0');
  await fingerprint(page);
  const round = page.getByLabel('X as it was');
  await expect(page.locator('.rounds output')).not.toHaveText('after step 0');
  await round.fill('0');
  await expect(page.locator('.rounds output')).toHaveText('after step 0');
  await expect(page.locator('.calls-summary')).toContainText(/X alone differs from the tree at [1-9]/);
});

test('the reader is H: asks, sees what comes back, and answers; the link replays it', async ({ page }) => {
  await open(page, '#/amplification/you-are-h');
  await fingerprint(page);
  await expect(page.locator('#your-turn')).toContainText(/Question 1 of/);
  await expect(page.getByRole('treeitem')).toHaveCount(1);
  // Nothing is chosen for the reader, and without a choice nothing is asked.
  const pattern = page.locator('.turn-of form').first();
  await pattern.getByRole('button', { name: 'Ask' }).click();
  await expect(page).not.toHaveURL(/moves=/);
  const choices = await pattern.getByRole('combobox').all();
  for (const one of choices) await one.selectOption({ index: 1 });
  await expect(page.locator('.known')).not.toBeVisible();
  await pattern.getByRole('button', { name: 'Ask' }).click();
  await expect(page).toHaveURL(/moves=q\d+/);
  await expect(page.locator('#your-turn')).toBeFocused();
  expect(await page.getByRole('treeitem').count()).toBeGreaterThan(1);
  await expect(page.locator('.replies-so-far li')).toHaveCount(1);
  await page.locator('.turn-of form').last().getByRole('combobox').selectOption({ index: 1 });
  await page.locator('.turn-of').getByRole('button', { name: 'Answer' }).click();
  await expect(page.locator('#your-turn')).toContainText(/Question 2 of/);
  await expect(page.locator('.turn-of [role=status]')).toContainText(/^Your answer to .+, was (right|wrong ✗, it is)/);
  // The card below the tree is about the question that is asked now.
  const now = (await page.locator('#your-turn').textContent())!.split(': ')[1];
  await expect(page.locator('.in-focus h2')).toHaveText(now);
  await expect(page.getByRole('treeitem').first()).toHaveAttribute('aria-label', /by you/);
  const print = await fingerprint(page);
  await page.reload();
  expect(await fingerprint(page)).toBe(print);
});

test('a drift sweep draws a line for each kind of mistake, and fills its table', async ({ page }) => {
  test.setTimeout(120_000);
  await open(page, '#/amplification/drift-random?v=1&task=fixed&kinds=both&steps=20&supervised=0&repeats=1');
  await fingerprint(page);
  await expect(page.getByRole('group', { name: /Right answers against how often H errs/ })).toHaveCount(2);
  await expect(page.getByRole('region', { name: 'Every point of the sweep' }).getByRole('row')).toHaveCount(1 + 2 * 17);
  await expect(page.locator('.drift-table td').first()).toContainText(/\d+\.\d\[\d+\.\d, \d+\.\d\]\d+ of \d+/);
});

test('the table of drift holds the study before anything has run, and leaves blank what has not', async ({ page }) => {
  await open(page, '#/amplification/drift-random?v=1&steps=20000');
  const row = page.locator('.drift-table tbody').filter({ hasText: 'systematic 10 %' }).first().getByRole('row').first();
  await expect(row.getByRole('cell')).toHaveText(['– / ', '90 / ', '81 / ', '63 / ']);
});

test('“/” searches the tree from anywhere on the page, but not from a field', async ({ page }) => {
  await tree(page, EXPRESSION);
  await bar(page, 'Step').focus();
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await expect(page.getByRole('searchbox')).toHaveValue('');
  const field = page.getByLabel('An expression of + − × and brackets');
  await field.focus();
  await field.press('/');
  await expect(field).toBeFocused();
  await expect(field).toHaveValue(/\//);
  await bar(page, 'Step').focus();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toContainText('search the tree');
});

test('the columns of a tree are named at every width @layout', async ({ page }) => {
  await tree(page, `${EXPRESSION}&at=19`);
  for (const name of ['Question', 'Tree’s answer', 'by', 'calls']) {
    await expect(page.locator('.tree-heads').getByText(name, { exact: true })).toBeVisible();
  }
});

test('a picture of a large tree says what it leaves out, and comes in every form', async ({ page }) => {
  test.setTimeout(180_000);
  await tree(page, '#/amplification/powering?v=1&mode=tree&question=24000(3)&cache=0');
  await page.getByLabel('Open:').selectOption('all');
  await page.locator('.tree .export summary').click();
  const hint = page.locator('.tree .export .hint');
  await expect(hint).toContainText(/PNG: the first 6\d\d of 4\d,\d{3} rows/);
  for (const kind of ['PNG', 'SVG', 'JSON']) {
    const coming = page.waitForEvent('download');
    await page.locator('.tree .export').getByRole('button', { name: kind, exact: true }).click();
    const saved = await coming;
    expect(saved.suggestedFilename()).toMatch(new RegExp(`\\.${kind.toLowerCase()}$`));
    expect(statSync(await saved.path()).size).toBeGreaterThan(10_000);
  }
});

test('of very many facts the first are listed, and the tree is there to walk', async ({ page }) => {
  await tree(page, `#/amplification/wildcard?v=1&mode=tree&cache=0&question=${'*'.repeat(14)}`);
  await expect(page.locator('.known li')).toHaveCount(64);
  await expect(page.getByText('And 16,320 more.')).toBeVisible();
  await expect(page.locator('[role=treeitem]').first()).toContainText('32,766');
});
