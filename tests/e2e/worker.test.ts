// The worker: it may be stopped, it may die, and it may be of another build.
import { test, expect } from './fixtures.ts';
import { bar, die, fingerprint, open, status, where } from './pages.ts';

const LONG = '#/debate/paper-6px-no-precommit?v=1&games=200';
/** Three events for each picture, over in some seconds. */
const TOURNAMENT = '#/debate/paper-6px?v=1&games=100&honest=greedy&liar=greedy';

test('a worker that dies is replaced, the page says so, and the run comes out the same', async ({ page, watch }) => {
  await open(page, '#/debate/first?v=1&seed=5&at=3');
  const before = await fingerprint(page);
  watch.allow(/killed on purpose/);
  await die(page.workers()[0], 'killed on purpose');
  await expect(page.locator('.notices')).toContainText('A new one has taken its place');
  await expect(page.locator('.notices')).toContainText('killed on purpose');
  expect(await fingerprint(page)).toBe(before);
  expect(page.workers()).toHaveLength(1);
});

test('a worker that dies on the way to where a link leads is replaced, and the new one gets there', async ({ page, watch }) => {
  await open(page, `${TOURNAMENT}&at=150`);
  await expect(where(page)).toHaveText(/^event [1-9]/);
  watch.allow(/killed on purpose/);
  await die(page.workers()[0], 'killed on purpose');
  await expect(page.locator('.notices')).toContainText('A new one has taken its place');
  await fingerprint(page);
  await expect(where(page)).toHaveText(/^event 150 of /);
});

test('a worker that hangs is replaced', async ({ page }) => {
  await open(page, LONG);
  await expect(page.getByRole('progressbar')).toBeVisible();
  // A loop without end cannot be waited for.
  void page.workers()[0].evaluate(() => { for (;;); }).catch(() => {});
  await expect(page.locator('.notices')).toContainText('A new one has taken its place', { timeout: 40_000 });
});

test('a long run can be stopped at once with keys, and run again', async ({ page }) => {
  await open(page, LONG);
  await page.getByRole('button', { name: 'Cancel' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Stopped. What has come so far is shown.')).toBeVisible();
  await expect(bar(page, 'Pause')).toHaveCount(0);
  // The button that was pressed is gone, and the next is the one that undoes it.
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Run again' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('progressbar')).toBeVisible();
});

test('who stands still in a run that goes on is told that more is there, and can follow it', async ({ page }) => {
  await open(page, LONG);
  await expect(where(page)).toHaveText(/^event [1-9]/);
  await bar(page, 'Pause').click();
  await expect(page.getByText(/ of 200 computed$/)).toBeVisible();
  await bar(page, 'Follow').click();
  await expect(page.getByText(/ of 200 pictures$/)).toBeVisible();
  await bar(page, 'Pause').click();
  await expect(page.getByText(/ of 200 computed$/)).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('Stopped. More has come than is shown')).toBeVisible();
});

test('the end of a run can be asked for before it is there', async ({ page }) => {
  await open(page, `${TOURNAMENT}&at=1`);
  await bar(page, 'Run to end').click();
  await expect(bar(page, 'Pause')).toBeVisible();
  await fingerprint(page);
  await expect(where(page)).toHaveText(/^event (\d+) of \1$/);
  // Played again it is not there at once.
  await bar(page, 'Replay').click();
  await expect(where(page)).toHaveText(/^event (?!300|1 )\d+ of 300$/);
});

test('another link ends the run in progress and starts its own', async ({ page }) => {
  await open(page, LONG);
  await expect(page.getByRole('progressbar')).toBeVisible();
  await page.evaluate(() => {
    location.hash = '#/debate/first?v=1&seed=3&at=2';
  });
  await fingerprint(page);
  await expect(status(page)).toContainText('seed 3');
  await expect(page.getByText('What the debaters see')).toBeVisible();
});

test('a worker of another build is noticed', async ({ page }) => {
  // The worker that a stale cache might hold: it says hello with another build, and then what it always says.
  await page.route('**/worker-cpu_loader.js', async (route) => {
    const answer = await route.fetch();
    const stale = `
      const post = self.postMessage.bind(self);
      self.postMessage = (message) => {
        // Its first message: number 0, the length of a text, and the text.
        const hello = message instanceof Uint8Array && message[0] === 0;
        post(hello ? Uint8Array.of(0, 5, ...new TextEncoder().encode('stale')) : message);
      };`;
    await route.fulfill({ response: answer, body: `${stale}\n${await answer.text()}` });
  });
  await open(page, '#/debate/first?v=1&at=2');
  await expect(page.locator('.notices')).toContainText('different versions');
});

test('where the browser has no GPU for pages, the CPU trains and says why', async ({ page }) => {
  await open(page, '#/debate/train-judge?v=1&steps=50&device=gpu');
  await expect(page.locator('.device [role=status]')).toHaveText('On the CPU. This browser offers no GPU to pages (WebGPU).');
  await expect(status(page)).toContainText('CPU · replays exactly');
});

test('a judge that cannot be fetched is answered in plain words', async ({ page, watch }) => {
  watch.allow(/404|models|Failed to load/);
  await page.route('**/models/**', (route) => route.fulfill({ status: 404, body: 'gone' }));
  await open(page, '#/debate/first?v=1&at=2');
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
});
