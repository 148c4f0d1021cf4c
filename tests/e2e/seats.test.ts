// Taking part: as judge, as a debater, and with a drawing of one's own.
import { test, expect } from './fixtures.ts';
import { fingerprint, open, setting } from './pages.ts';

test('the judge sees pixels only, and says what it believes until the verdict', async ({ page }) => {
  await open(page, '#/debate/you-judge?v=1&seed=4');
  const hidden = page.getByText('What the debaters see');
  for (let shown = 0; shown <= 6; shown += 1) {
    await expect(page.locator('.belief-label')).toContainText(shown === 0 ? 'Before any pixel' : `After pixel ${shown}`);
    await page.locator('#belief').fill('70');
    await expect(hidden).toHaveCount(0);
    await page.getByRole('button', { name: `Say so, and see the ${shown < 6 ? 'next pixel' : 'picture'}` }).click();
  }
  // The verdict lifts the cover and tells how good the judge was.
  await expect(hidden).toBeVisible();
  await expect(page.getByText(/log score/i).first()).toBeVisible();
  await expect(page).toHaveURL(/beliefs=/);
});

test('five games judged in a row keep a calibration plot and break nothing', async ({ page }) => {
  test.setTimeout(120_000);
  await open(page, '#/debate/you-judge');
  for (let game = 0; game < 5; game += 1) {
    for (let shown = 0; shown <= 6; shown += 1) {
      await expect(page.locator('.belief-label')).toContainText(shown === 0 ? 'Before any pixel' : `After pixel ${shown}`);
      await page.locator('#belief').fill(shown % 2 ? '30' : '80');
      await page.getByRole('button', { name: /^Say so/ }).click();
    }
    await page.getByRole('button', { name: 'Judge another picture' }).click();
  }
  await page.locator('.belief-label').waitFor();
  await page.getByRole('button', { name: 'Judge', exact: true }).waitFor({ state: 'detached' });
});

test('whose pixel comes first is drawn by the seed where one judges', async ({ page }) => {
  await open(page, '#/debate/you-judge');
  await fingerprint(page);
  await expect(page.getByText('First to move')).toHaveCount(0);
});

test('the focus stays on the picture from move to move', async ({ page }) => {
  await open(page, '#/debate/first?v=1&seat=liar&seed=4');
  const picture = page.getByRole('application');
  await picture.focus();
  for (const turn of [4, 6]) {
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page.getByText(`What the judge sees: ${turn < 6 ? turn - 1 : 5} of 6`)).toBeVisible();
    await expect(picture).toBeFocused();
  }
});

test('a debater’s pixel is pressed with the mouse, and the machine answers', async ({ page }) => {
  await open(page, '#/debate/first?v=1&seat=honest&seed=4');
  await expect(page.getByText('Your move.')).toBeVisible();
  const picture = page.getByRole('application');
  const pixel = await picture.evaluate((svg) => {
    // Any pixel with ink may be shown; the middle of the picture's ink is a good place to look for one.
    const box = svg.getBoundingClientRect();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2, side: box.width / 28 };
  });
  // From the middle outwards until a pixel is taken.
  for (let ring = 0; ring < 8 && !/moves=\d/.test(page.url()); ring += 1) {
    for (const [dx, dy] of [[0, 0], [1, 0], [-1, 0], [0, 1], [0, -1], [1, 1], [-1, -1]]) {
      await page.mouse.click(pixel.x + dx * ring * pixel.side, pixel.y + dy * ring * pixel.side);
      if (/moves=\d/.test(page.url())) break;
    }
  }
  await expect(page).toHaveURL(/moves=\d+/);
  await expect(page.getByText('What the judge sees: 2 of 6')).toBeVisible();
});

test('hints show what each pixel would do', async ({ page }) => {
  await open(page, '#/debate/first?v=1&seat=liar&seed=4');
  await page.getByRole('button', { name: 'Show hints' }).click();
  await expect(page.locator('.heat-legend')).toBeVisible();
});

test('a drawing is debated, and travels in the link', async ({ page }) => {
  await open(page, '#/debate/first?v=1&at=1');
  await fingerprint(page);
  await page.getByRole('button', { name: 'Draw a digit …' }).click();
  const paper = page.locator('dialog canvas');
  const box = (await paper.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height * 0.15);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height * 0.85, { steps: 12 });
  await page.mouse.up();
  await page.getByRole('dialog').getByRole('radio', { name: '1', exact: true }).check({ force: true });
  await page.getByRole('button', { name: 'Debate this drawing' }).click();
  await expect(page).toHaveURL(/drawing=/);
  await expect(page).toHaveURL(/truth=1/);
  const print = await fingerprint(page);
  await page.reload();
  expect(await fingerprint(page)).toBe(print);
});

test('an empty drawing cannot be debated', async ({ page }) => {
  await open(page, '#/debate/first?v=1&at=1');
  await fingerprint(page);
  await page.getByRole('button', { name: 'Draw a digit …' }).click();
  await expect(page.getByRole('button', { name: 'Debate this drawing' })).toBeDisabled();
});

test('every setting that is shown has a control, a name and an explanation', async ({ page }) => {
  await open(page, '#/debate/first?v=1&at=1');
  await fingerprint(page);
  const settings = page.locator('.setting');
  const count = await settings.count();
  expect(count).toBeGreaterThan(8);
  for (let i = 0; i < count; i += 1) {
    const one = settings.nth(i);
    await one.locator('.term').click();
    await expect(one.locator('.popover')).toBeVisible();
    await expect(one.locator('.popover')).toContainText('In a link:');
    await page.keyboard.press('Escape');
    await expect(one.locator('input, select').first()).toBeAttached();
  }
});

test('choosing what to run changes the stage', async ({ page }) => {
  await open(page, '#/debate/first?v=1&at=1&honest=greedy&liar=greedy');
  await fingerprint(page);
  await setting(page, 'What to run').selectOption({ label: 'every protocol on one picture' });
  await expect(page.locator('.protocols button').first()).toBeVisible();
  await page.locator('.protocols button').first().click();
  await expect(page.locator('.protocols button').first()).toHaveAttribute('aria-pressed', 'true');
});
