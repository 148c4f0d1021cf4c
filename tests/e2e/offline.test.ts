// The site on the reader's disk: another visit needs no network, and a new version is taken when the reader agrees.
import { test as base, expect, type Page } from '@playwright/test';
import { Host } from './host.ts';
import { fingerprint } from './pages.ts';

const test = base.extend<{ host: Host; address: string }>({
  serviceWorkers: 'allow',
  host: async ({}, use) => {
    const host = new Host();
    await use(host);
    host.stop();
  },
  address: async ({ host }, use) => use(await host.start()),
});

/** A first visit, until everything is kept. */
async function visit(page: Page, address: string) {
  await page.goto(`${address}#/debate/first?v=1&seed=5&at=3`);
  await fingerprint(page);
  await page.getByRole('navigation', { name: 'Labs' }).getByRole('link', { name: 'About' }).click();
  await expect(page.getByText('It is kept on this device')).toBeVisible();
}

test('another visit needs no network, whatever is run', async ({ page, host, address }) => {
  await visit(page, address);
  host.down = true;
  host.asked.length = 0;
  for (const link of ['#/debate/first?v=1&seed=5&at=3', '#/weak-to-strong/digits?v=1&strong=s&labelled=250&epochs=1&repeats=2']) {
    await page.goto('about:blank');
    await page.goto(address + link);
    await fingerprint(page);
  }
  // A browser may look for another version; nothing else is asked for.
  expect(host.asked.filter((path) => path !== 'service-worker.js')).toEqual([]);
});

test('a new version says that it is there, and comes when the reader agrees', async ({ page, host, address }) => {
  await visit(page, address);
  host.publish('The new version');
  host.asked.length = 0;
  await page.goto('about:blank');
  await page.goto(`${address}#/debate/first?v=1&seed=6&at=3`);
  const before = await fingerprint(page);
  await expect(page).toHaveTitle(/Oversight Playground/);
  await expect(page.getByText('A new version of this page is ready.')).toBeVisible();
  // Only what has changed was fetched.
  expect(host.asked.filter((path) => path !== 'service-worker.js')).toEqual(['index.html']);
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect(page).toHaveTitle(/The new version/);
  expect(await fingerprint(page)).toBe(before);
  await expect(page.getByText('A new version of this page is ready.')).toBeHidden();
});

test('a host that is in the middle of a change gives no mixture of versions', async ({ page, host, address }) => {
  await visit(page, address);
  host.publish('The new version');
  // The new service worker is there already, the new page is not yet.
  host.changed.delete('index.html');
  host.asked.length = 0;
  await page.goto('about:blank');
  await page.goto(`${address}#/debate/first?v=1&seed=6&at=3`);
  await fingerprint(page);
  await expect.poll(() => host.asked).toContain('index.html');
  await expect(page.getByText('A new version of this page is ready.')).toBeHidden();
  await page.reload();
  await fingerprint(page);
  await expect(page).toHaveTitle(/Oversight Playground/);
});
