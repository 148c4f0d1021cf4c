// A book's summary: the built-in story, a reader's own text, and files that are none.
import type { Page } from '@playwright/test';
import { test, expect } from './fixtures.ts';
import { fingerprint, open } from './pages.ts';

const whole = (page: Page) => page.locator('.whole');

async function bring(page: Page, name: string, content: string | Buffer) {
  await open(page, '#/amplification/book');
  await fingerprint(page);
  await page.getByRole('button', { name: 'Bring your own text …' }).click();
  await page.locator('dialog input[type=file]').setInputFiles([{ name, mimeType: 'text/plain', buffer: Buffer.from(content) }]);
}

async function brought(page: Page, name: string, content: string | Buffer) {
  await bring(page, name, content);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page).toHaveURL(/book=own/);
  await fingerprint(page);
}

test('the story is summarised from its pages up, and a summary of one’s own reaches the top', async ({ page }) => {
  await open(page, '#/amplification/book?v=1&middle=500&top=1000');
  const before = await fingerprint(page);
  await expect(whole(page)).toContainText('clock');
  await page.getByRole('treeitem', { name: /^Page 1;/ }).click();
  await page.getByLabel('Say it better').fill('A zeppelin came down on the tower.');
  await page.getByRole('button', { name: 'Use this summary' }).click();
  await expect(whole(page)).toContainText('A zeppelin came down on the tower.');
  await expect(page).toHaveURL(/summaries=/);
  // What it did above is said where it was written.
  const fate = page.locator('.in-focus [role=status]');
  await expect(fate).toHaveText('Your summary changed “Chapter 1: The clock that lost eleven minutes”, “The whole text”. Words of yours stand in the summary of it all.');
  const own = await fingerprint(page);
  expect(own).not.toBe(before);
  await page.reload();
  expect(await fingerprint(page)).toBe(own);
  await page.getByRole('treeitem', { name: /^Page 1;.*by you/ }).click();
  await page.getByRole('button', { name: 'Back to the computed one' }).click();
  await expect(whole(page)).not.toContainText('zeppelin');
});

test('where a summary of one’s own drops out is said, and it is taken back', async ({ page }) => {
  await open(page, '#/amplification/book');
  await fingerprint(page);
  await page.getByRole('treeitem', { name: /^Page 1;/ }).click();
  await page.getByLabel('Say it better').fill('It was so.');
  await page.getByRole('button', { name: 'Use this summary' }).click();
  await expect(page.locator('.in-focus [role=status]')).toContainText(/In “.*” no sentence of yours is left\./);
});

test('under a summary of one’s own another one does nothing, and that is said', async ({ page }) => {
  await open(page, '#/amplification/book');
  await fingerprint(page);
  const replace = async (part: RegExp, text: string) => {
    await page.getByRole('treeitem', { name: part }).click();
    await page.getByLabel('Say it better').fill(text);
    await page.getByRole('button', { name: 'Use this summary' }).click();
    await expect(page.locator('.in-focus [role=status]')).not.toBeEmpty();
  };
  await replace(/^Chapter 1: /, 'A clock was late.');
  await replace(/^Page 1;/, 'A zeppelin came down.');
  await expect(page.locator('.in-focus [role=status]')).toHaveText(/^It goes no further up: “Chapter 1: .*” is your own summary too\.$/);
  await replace(/^The whole text/, 'All is well.');
  await expect(page.locator('.in-focus [role=status]')).toContainText('This is your summary of it all');
});

for (const [what, link] of [['generated', 'book=generated'], ['built-in', 'book=story']]) {
  test(`of the ${what} story fewer facts are told on each level`, async ({ page }) => {
    await open(page, `#/amplification/book?v=1&${link}`);
    await fingerprint(page);
    const cells = await page.locator('.beside-paper > table tbody td:last-child').allTextContents();
    const told = cells.map((cell) => Number(cell.split(' of ')[0]));
    expect(told.length).toBeGreaterThan(2);
    expect(told[0]).toBe(Number(cells[0].split(' of ')[1]));
    for (let i = 1; i < told.length; i += 1) expect(told[i]).toBeLessThanOrEqual(told[i - 1]);
  });
}

test('a text of one’s own becomes chapters and pages', async ({ page }) => {
  const chapter = (n: number) => `Chapter ${n}\n\n${'The keeper lit the lamp. The sea was dark. A ship passed by. '.repeat(20)}\n\n`;
  await brought(page, 'own.txt', [1, 2, 3].map(chapter).join(''));
  for (const n of [1, 2, 3]) await expect(page.getByRole('treeitem', { name: new RegExp(`^Chapter ${n};`) })).toBeVisible();
});

test('a text is pasted', async ({ page }) => {
  await open(page, '#/amplification/book');
  await fingerprint(page);
  await page.getByRole('button', { name: 'Bring your own text …' }).click();
  await page.getByLabel('Or paste it here:').fill('The lamp is lit. The lamp of the tower burns.');
  await page.getByRole('button', { name: 'Summarise this text' }).click();
  await expect(whole(page)).toContainText('lamp');
  await expect(page).toHaveURL(/book=own/);
});

for (const [what, text, told] of [
  ['without a full stop', 'word '.repeat(20_000), /word/],
  ['without any gap', 'é'.repeat(100_000), /é/],
  ['from right to left', 'ذهب الولد إلى المدرسة. كانت المدرسة بعيدة. عاد الولد مساء. '.repeat(40), /الولد|المدرسة/],
  ['in Chinese', '今天下雨了。孩子们在家里看书。明天可能会晴天。'.repeat(60), /。/],
] as [string, string, RegExp][]) {
  test(`a text ${what} becomes a tree`, async ({ page }) => {
    await brought(page, 'text.txt', text);
    await expect(whole(page)).toContainText(told);
    expect(await page.getByRole('treeitem').count()).toBeGreaterThan(3);
  });
}

for (const [what, name, content, answer] of [
  ['a program', 'tool.exe', Buffer.from([0x4d, 0x5a, 0, 1, 2, 3, 4, 5]), /control characters/],
  ['a picture', 'photo.jpg', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a]), /not UTF-8/],
  ['nothing', 'empty.txt', Buffer.alloc(0), /holds no words/],
  ['no words', 'dots.txt', Buffer.from('... --- ...'), /holds no words/],
  ['too large', 'huge.txt', Buffer.alloc(5_000_001, 'a '), /larger than 5 MB/],
] as [string, string, Buffer, RegExp][]) {
  test(`a file that is ${what} is refused with a reason`, async ({ page }) => {
    await bring(page, name, content);
    await expect(page.locator('dialog .wrong').filter({ hasText: answer })).toBeVisible();
    await expect(page.locator('dialog[open]')).not.toContainText('Read:');
  });
}

test('a link that needs a text says so where there is none, and the story is one press away', async ({ page }) => {
  await open(page, '#/amplification/book?v=1&book=own');
  await expect(page.getByRole('alert')).toContainText('Your own text is not here');
  await page.getByRole('button', { name: 'Use the built-in story' }).click();
  await expect(whole(page)).toContainText('clock');
});
