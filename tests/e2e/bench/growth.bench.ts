// What more work costs: time and memory while it grows tenfold and tenfold again. Both should grow no faster.
import { test, type Browser, type Page } from '@playwright/test';
import { memory } from '../memory.ts';
import { open } from '../pages.ts';
import { keep } from './results.ts';

/** What grows, how much of it there is, and the link that does so much. */
const WORK: [string, [number, string][]][] = [
  [
    'debates, greedy',
    [100, 1_000, 10_000, 100_000].map((debates) => {
      // Nine lies and either side first: eighteen debates about each picture.
      const pictures = Math.round(debates / 18);
      return [18 * pictures, `#/debate/paper-6px?v=1&games=${pictures}&honest=greedy&liar=greedy`];
    }),
  ],
  [
    'calls of a tree',
    [5, 8, 11, 14, 16].map((stars) => [2 ** (stars + 1) - 1, `#/amplification/wildcard?v=1&mode=tree&cache=0&question=${'*'.repeat(stars)}`]),
  ],
  [
    'training steps of X',
    [100, 1_000, 10_000].map((steps) => [steps, `#/amplification/fixed?v=1&supervised=0&steps=${steps}`]),
  ],
];

declare const race: { record(events: number): Promise<number> };

/** How many events the page has recorded. */
const events = async (page: Page) => Number(await page.getByRole('slider', { name: 'Position' }).getAttribute('max'));

/** Keeps what some work took: its seconds, its events, and the memory that came with it. */
async function weigh(browser: Browser, page: Page, what: string, amount: number, work: () => Promise<{ seconds: number; events: number }>) {
  const before = await memory(browser, page);
  const done = await work();
  const after = await memory(browser, page);
  const row = { what, amount, ...done, heap: after.heap - before.heap, process: after.process - before.process };
  console.log(`${what}: ${JSON.stringify(row)}`);
  keep('growth', row);
  await page.close();
}

for (const [what, sizes] of WORK) {
  test(`more ${what}`, async ({ browser, baseURL }) => {
    test.setTimeout(1_200_000);
    for (const [amount, hash] of sizes) {
      const page = await browser.newPage({ baseURL });
      await open(page, '#/about');
      await weigh(browser, page, what, amount, async () => {
        const began = Date.now();
        await page.evaluate((hash) => {
          location.hash = hash;
        }, hash);
        await page.locator('.bar[data-fingerprint]').waitFor({ timeout: 600_000 });
        return { seconds: (Date.now() - began) / 1000, events: await events(page) };
      });
    }
  });
}

test('more recorded events', async ({ browser }) => {
  for (const amount of [1_000, 10_000, 100_000, 1_000_000]) {
    const page = await browser.newPage();
    await page.goto(process.env.OVERSIGHT_PEERS!);
    await page.evaluate(() => race.record(0));
    await weigh(browser, page, 'events recorded', amount, async () => ({
      seconds: await page.evaluate((amount) => race.record(amount), amount),
      events: amount,
    }));
  }
});
