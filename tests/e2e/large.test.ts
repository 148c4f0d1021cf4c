// The large worker, which can use a GPU: fetched when it will be used and not before, in sight of the reader.
import { test as base, expect, type Page } from '@playwright/test';
import { Host } from './host.ts';
import { status } from './pages.ts';

const PROGRAM = 'worker-gpu_bg.wasm';
const HELD_OUT = '#/amplification/held-out?v=1&steps=2&batch=2';

const test = base.extend<{ host: Host; address: string }>({
  host: async ({}, use) => {
    const host = new Host();
    await use(host);
    host.stop();
  },
  address: async ({ host }, use) => use(await host.start()),
});

const progress = (page: Page) => page.locator('.progress-words');
const said = (page: Page) => page.locator('.device [role=status]');

/** Holds the program back when half of it has come; the answer lets it go. */
function hold(host: Host): () => void {
  let go = () => {};
  host.held.set(PROGRAM, new Promise((resolve) => (go = resolve)));
  return go;
}

/** A browser that offers the page, and not its workers, this GPU. */
async function offer(page: Page, vendor: string) {
  await page.addInitScript((vendor) => {
    const limits = { maxStorageBuffersPerShaderStage: 8, maxComputeInvocationsPerWorkgroup: 256, maxStorageBufferBindingSize: 2 ** 27 };
    const adapter = { info: { vendor }, features: new Set(['timestamp-query']), limits };
    Object.defineProperty(navigator, 'gpu', { value: { requestAdapter: async () => adapter } });
  }, vendor);
}

test('how much of it has come is said while it comes', async ({ page, host, address }) => {
  await offer(page, 'maker');
  const go = hold(host);
  await page.goto(`${address}#/debate/train-judge?v=1&steps=50&device=gpu`);
  await expect(progress(page)).toHaveText(/^[1-9],\d{3} of [2-5],\d{3} kB of the larger program, fetched once$/);
  go();
  await expect(said(page)).toHaveText('On the CPU. This browser offers no GPU to pages (WebGPU).');
  await expect(status(page)).toHaveText(/CPU · replays exactly · [0-9a-f]{8}$/);
});

test('who does not want to wait for it stops it, and goes on with the CPU', async ({ page, host, address }) => {
  await offer(page, 'maker');
  hold(host);
  await page.goto(`${address}#/debate/train-judge?v=1&steps=50&device=gpu`);
  await expect(progress(page)).toContainText('larger program');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(status(page)).toContainText('stopped');
  await page.locator('.device').getByRole('radio', { name: 'CPU', exact: true }).click();
  await expect(status(page)).toHaveText(/CPU · replays exactly · [0-9a-f]{8}$/);
});

test('where it cannot be fetched, the CPU computes', async ({ page, host, address }) => {
  await offer(page, 'maker');
  host.gone.add(PROGRAM);
  await page.goto(`${address}#/debate/train-judge?v=1&steps=50&device=gpu`);
  await expect(page.locator('.notices')).toContainText('the larger program is not there (404)');
  await expect(status(page)).toHaveText(/CPU · replays exactly · [0-9a-f]{8}$/);
});

test('what was faster on an earlier visit is remembered, and measured again when asked', async ({ page, host, address }) => {
  await offer(page, 'maker');
  await page.addInitScript(() => localStorage.setItem('step-ms amplification Much', '20 300 maker'));
  await page.goto(address + HELD_OUT);
  await expect(said(page)).toHaveText('On the CPU: a step took 20 ms on the CPU and 300 ms on the GPU (maker).');
  await expect(status(page)).toHaveText(/CPU · replays exactly · [0-9a-f]{8}$/);
  expect(host.asked).not.toContain(PROGRAM);
  await page.getByRole('button', { name: 'Measure again' }).click();
  await expect.poll(() => host.asked).toContain(PROGRAM);
});

test('what was measured of another GPU counts for nothing', async ({ page, host, address }) => {
  await offer(page, 'another maker');
  await page.addInitScript(() => localStorage.setItem('step-ms amplification Much', '20 300 maker'));
  await page.goto(address + HELD_OUT);
  await expect.poll(() => host.asked).toContain(PROGRAM);
});

test('where not even its loader can be fetched, the CPU computes', async ({ page, host, address }) => {
  await offer(page, 'maker');
  host.gone.add('worker-gpu_loader.js');
  await page.goto(`${address}#/debate/train-judge?v=1&steps=50&device=gpu`);
  await expect(page.locator('.notices')).toContainText('it could not be fetched');
  await expect(said(page)).toHaveText('On the CPU. The larger program, which can use a GPU, failed.');
  await expect(status(page)).toHaveText(/CPU · replays exactly · [0-9a-f]{8}$/);
});

test('without a GPU it is not fetched where it is not needed', async ({ page, host, address }) => {
  await page.goto(`${address}#/debate/train-judge?v=1&steps=50&device=gpu`);
  await expect(said(page)).toHaveText('On the CPU. This browser offers no GPU to pages (WebGPU).');
  await expect(status(page)).toHaveText(/CPU · replays exactly · [0-9a-f]{8}$/);
  expect(host.asked).not.toContain(PROGRAM);
});
