// Training on a GPU, here on a software adapter: it shows that the way there is right, and says nothing of speed.
import { test, expect } from './fixtures.ts';
import { die, open, status } from './pages.ts';
import type { Browser, Page } from '@playwright/test';

/** What is said about the device that was chosen. */
const said = (page: Page) => page.locator('.device [role=status]');

const caption = (page: Page) => page.locator('figcaption').first();

/** Right answers after the step that the link leads to, in percent. */
async function right(page: Page, steps: number): Promise<number> {
  await expect(caption(page)).toContainText(`After ${steps} steps: `, { timeout: 150_000 });
  return Number((await caption(page).textContent())!.match(/: ([\d.]+) % right/)![1]);
}

for (const [what, link] of [
  ['judge of debates', '#/debate/train-judge?v=1&steps=50'],
  ['convolutional judge', '#/debate/train-paper-judge?v=1&steps=50'],
  ['transformer of held-out permutations', '#/amplification/held-out?v=1'],
  ['large reader', '#/weak-to-strong/text-large?v=1'],
]) {
  test(`the slopes of the ${what} agree on CPU and GPU`, async ({ page }) => {
    test.setTimeout(180_000);
    await open(page, `${link}&device=gpu`);
    await expect(said(page)).toContainText('On the GPU (', { timeout: 150_000 });
    await expect(status(page)).toContainText('GPU · replays nearly');
    const [, share] = (await said(page).textContent())!.match(/agree with the CPU’s to (\S+)\.$/)!;
    expect(Number(share)).toBeLessThan(1e-5);
  });
}

test('a training comes to the same on CPU and GPU, but for rounding', async ({ page }) => {
  test.setTimeout(240_000);
  const link = '#/debate/train-judge?v=1&steps=50&at=4';
  await open(page, `${link}&device=cpu`);
  const cpu = await right(page, 4);
  await open(page, `${link}&device=gpu`);
  expect(Math.abs((await right(page, 4)) - cpu)).toBeLessThan(1);
});

/** Ways in which a GPU is gone. */
const GONE: [string, (page: Page, browser: Browser) => Promise<void>][] = [
  [
    'fails',
    (page) => die(page.workers()[0], 'the GPU failed: it is gone'),
  ],
  [
    'is lost to the browser',
    async (_, browser) => {
      const session = await browser.newBrowserCDPSession();
      await session.send('Browser.crashGpuProcess');
      await session.detach();
    },
  ],
];

for (const [how, lose] of GONE) {
  test(`where the GPU ${how}, the CPU goes on`, async ({ page, browser, watch }) => {
    test.setTimeout(180_000);
    await open(page, '#/debate/train-judge?v=1&steps=50&device=gpu');
    await expect(caption(page)).toContainText('After', { timeout: 100_000 });
    watch.allow(/the GPU failed/);
    await lose(page, browser);
    await expect(page.locator('.notices')).toContainText(/^The worker that computes stopped \(the GPU failed: .*[^.]\)\. A new one has taken its place, and the run was started again on the CPU/, { timeout: 100_000 });
    await expect(status(page)).toContainText('CPU · replays exactly');
    await expect(caption(page)).toContainText('After 50 steps');
  });
}

test('a CPU in disguise is not taken for a GPU', async ({ page }) => {
  await open(page, '#/debate/train-paper-judge?v=1&steps=50');
  await expect(said(page)).toContainText('the CPU in disguise');
  await expect(status(page)).toContainText('CPU · replays exactly');
});
