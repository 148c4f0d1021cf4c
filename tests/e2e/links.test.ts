// Links: what is seen is in the address, and the address brings it back.
import { test, expect } from './fixtures.ts';
import { bar, fingerprint, open, setting, status, where } from './pages.ts';

test('a changed setting is in the address, and the address brings it back', async ({ page }) => {
  await open(page, '#/debate/first');
  await fingerprint(page);
  await setting(page, 'Pixels shown').fill('3'); // the slider's fourth stop: 4 pixels
  await expect(page).toHaveURL(/px=4/);
  await setting(page, 'Answers named first').uncheck();
  await expect(page).toHaveURL(/precommit=0/);
  const before = await fingerprint(page);
  await page.reload();
  expect(await fingerprint(page)).toBe(before);
  await expect(setting(page, 'Answers named first')).not.toBeChecked();
});

test('only what differs from the preset is written', async ({ page }) => {
  await open(page, '#/debate/first?v=1&seed=7&px=6&first=honest');
  await fingerprint(page);
  await setting(page, 'Answers named first').uncheck();
  await expect(page).toHaveURL(/#\/debate\/first\?v=1&(seed=7&)?precommit=0$/);
});

test('a shared link replays exactly, in another browser too', async ({ page, browser, baseURL }) => {
  await open(page, '#/debate/first?v=1&seed=11&at=4');
  const print = await fingerprint(page);
  await page.getByRole('button', { name: 'Share' }).click();
  const dialog = page.getByRole('dialog', { name: 'Share this' });
  const link = await dialog.getByLabel('Link', { exact: true }).inputValue();
  expect(link).toContain('fp=');
  await expect(dialog.getByRole('img', { name: 'QR code of the link' })).toBeVisible();

  const stranger = await browser.newContext({ baseURL });
  const there = await stranger.newPage();
  await there.goto(link);
  expect(await fingerprint(there)).toBe(print);
  await expect(status(there)).toContainText('replayed exactly');
  await expect(where(there)).toHaveText('turn 3 of 6');
  await stranger.close();
});

test('a link whose run differs says so, and where', async ({ page }) => {
  await open(page, '#/debate/first?v=1&seed=11');
  await fingerprint(page);
  await page.getByRole('button', { name: 'Share' }).click();
  const link = await page.getByRole('dialog').getByLabel('Link', { exact: true }).inputValue();
  // The same promise, of another run.
  await open(page, link.slice(link.indexOf('#')).replace('seed=11', 'seed=12'));
  await fingerprint(page);
  await expect(status(page)).toContainText('differs from the shared run');
});

for (const [what, hash, notice] of [
  ['an unknown preset', '#/debate/frist', /frist/],
  ['an unknown lab', '#/debait', /debait/],
  ['a number out of range', '#/debate/first?v=1&px=99', /between 1 and 12/],
  ['an unknown key', '#/debate/first?v=1&colour=red', /colour/],
  ['a newer version', '#/debate/first?v=9', /version|newer/i],
  ['noise', '#/%ff%00/?&&==&seed=-1&at=x&fp=zz', /seed/i],
]) {
  test(`a link with ${what} is answered with a notice and a run`, async ({ page }) => {
    await open(page, hash as string);
    await expect(page.locator('.notices')).toContainText(notice as RegExp);
    await fingerprint(page);
    await expect(page.getByText('What the debaters see')).toBeVisible();
  });
}

test('a teacher’s link takes parts of the page away', async ({ page }) => {
  await open(page, '#/debate/first?v=1&at=3&hide=tabs.settings.presets.share');
  await fingerprint(page);
  await expect(page.getByRole('navigation', { name: 'Labs' })).toHaveCount(0);
  await expect(page.getByRole('navigation', { name: 'Presets' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Share' })).toHaveCount(0);
  await expect(page.locator('.settings')).toHaveCount(0);
  await expect(bar(page, 'Step')).toBeVisible();
});

test('the figure can stand in somebody else’s page', async ({ page, baseURL, watch }) => {
  // The other document has no icon, and the browser looks for one.
  watch.allow(/status of 404|favicon/);
  const address = new URL('./#/debate/first?v=1&at=4&embed=1', baseURL).href;
  // Any other document of this server will do; one from nowhere may not ask a local server.
  await page.goto('./models/manifest.json');
  await page.setContent(`<h1>A slide</h1><iframe src="${address}" title="figure" width="960" height="640"></iframe>`);
  const figure = page.frameLocator('iframe');
  await expect(figure.getByText(/What the judge sees: 3 of 6/)).toBeVisible();
  await expect(figure.getByRole('navigation', { name: 'Labs' })).toBeHidden();
});

test('many notices are folded, and none is lost', async ({ page }) => {
  await open(page, '#/debate/first?v=1&px=99&first=nobody&precommit=7&lie=x&honest=y');
  await expect(page.locator('.notice')).toHaveCount(2);
  await page.getByRole('button', { name: '3 more notices' }).click();
  await expect(page.locator('.notice')).toHaveCount(5);
});
