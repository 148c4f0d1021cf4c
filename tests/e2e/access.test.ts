// Every view in every size and scheme: no accessibility violation, nothing that sticks out, and a picture to look at.
import AxeBuilder from '@axe-core/playwright';
import type { Page, TestInfo } from '@playwright/test';
import { test, expect } from './fixtures.ts';
import { VIEWS, fingerprint, open } from './pages.ts';

type Look = { name: string; scheme: 'light' | 'dark'; width: number; height: number };

const DESKTOP: Look[] = [
  { name: 'desktop', scheme: 'light', width: 1440, height: 900 },
  { name: 'desktop-dark', scheme: 'dark', width: 1440, height: 900 },
  { name: 'laptop', scheme: 'light', width: 1280, height: 720 },
];
const PHONE: Look[] = [
  { name: 'phone', scheme: 'light', width: 390, height: 844 },
  { name: 'phone-dark', scheme: 'dark', width: 390, height: 844 },
];

/** What a device can look like: one run is looked at in every way. */
async function eachLook(page: Page, info: TestInfo, look: (name: string) => Promise<void>) {
  for (const { name, scheme, width, height } of info.project.name === 'phone' ? PHONE : DESKTOP) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: scheme });
    await test.step(name, () => look(name));
  }
}

/** What axe finds wrong, in words. */
async function violations(page: Page) {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  return violations.map((v) => `${v.id}: ${v.help}\n${v.nodes.map((n) => `  ${n.target} ${n.failureSummary}`).join('\n')}`);
}

for (const [name, hash] of Object.entries(VIEWS)) {
  test(`${name} is accessible and fits @layout`, async ({ page }, info) => {
    await open(page, hash);
    if (name === 'the About page') await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    else if (name.endsWith('seat')) await expect(page.locator('.seat')).toBeVisible();
    else if (name === 'an embedded figure') await expect(page.getByText(/What the judge sees/)).toBeVisible();
    else await fingerprint(page);

    await eachLook(page, info, async (look) => {
      await page.screenshot({ path: `artifacts/screenshots/${look}/${name.replace(/\W+/g, '-')}.png`, fullPage: true });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(wide, 'nothing sticks out sideways').toBeLessThanOrEqual(0);
      expect(await violations(page)).toEqual([]);
    });
  });
}

test('on the first screen everything that matters is above the fold', async ({ page }, info) => {
  await eachLook(page, info, async () => {
    await open(page, '#/debate/first?v=1&at=4');
    await fingerprint(page);
    const height = page.viewportSize()!.height;
    for (const what of [page.getByText('What the debaters see'), page.getByText(/What the judge sees/), page.locator('.claims'), page.locator('.belief figcaption')]) {
      const box = (await what.boundingBox())!;
      expect(box.y + box.height, await what.textContent() ?? '').toBeLessThanOrEqual(height);
    }
  });
});

test('on a phone the stage comes first and the settings open as a sheet @layout', async ({ page }, info) => {
  test.skip(info.project.name !== 'phone', 'the other sizes have room');
  await open(page, '#/debate/first?v=1&at=4');
  await fingerprint(page);
  const stage = (await page.getByText('What the debaters see').boundingBox())!;
  const aside = (await page.locator('aside').boundingBox())!;
  expect(stage.y).toBeLessThan(aside.y);
  const button = page.getByRole('button', { name: 'Settings', exact: true });
  await button.tap();
  await expect(page.getByLabel('Pixels shown', { exact: true })).toBeInViewport();
  await page.keyboard.press('Escape');
  await expect(button).toBeFocused();
});

for (const [what, press] of [['Share', 'Share'], ['Draw', 'Draw a digit …'], ['Bring MNIST', 'Bring MNIST …']]) {
  test(`the dialog “${what}” is accessible @layout`, async ({ page }, info) => {
    await open(page, '#/debate/first?v=1&at=4');
    await fingerprint(page);
    const button = page.getByRole('button', { name: press, exact: true });
    await button.click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await eachLook(page, info, async (look) => {
      await page.screenshot({ path: `artifacts/screenshots/${look}/dialog-${what.replace(/\W+/g, '-')}.png` });
      expect(await violations(page)).toEqual([]);
    });
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });
}
