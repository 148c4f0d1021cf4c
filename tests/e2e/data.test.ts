// Bringing MNIST: what is right is used, what is wrong is answered in words.
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { test, expect } from './fixtures.ts';
import { fingerprint, open } from './pages.ts';

/** An IDX file: a magic number for its dimensions, their sizes, and the bytes. */
function idx(dimensions: number[], bytes: Buffer): Buffer {
  const head = Buffer.alloc(4 + 4 * dimensions.length);
  head.writeUInt32BE(0x0800 + dimensions.length, 0);
  dimensions.forEach((size, i) => head.writeUInt32BE(size, 4 + 4 * i));
  return Buffer.concat([head, bytes]);
}

// As many as MNIST's test set has: another number is refused.
const COUNT = 10_000;
/** Pictures of a bar, somewhere. */
const pictures = Buffer.alloc(COUNT * 784);
for (let i = 0; i < COUNT; i += 1) {
  for (let y = 5; y < 23; y += 1) pictures.fill(200, i * 784 + y * 28 + 10 + (i % 6), i * 784 + y * 28 + 13 + (i % 6));
}
const labels = Buffer.from(Array.from({ length: COUNT }, (_, i) => i % 10));

const IMAGES = 't10k-images-idx3-ubyte';
const LABELS = 't10k-labels-idx1-ubyte';
const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/octet-stream', buffer });

async function bring(page: Page, ...files: ReturnType<typeof file>[]) {
  await open(page, '#/debate/first?v=1&at=2&honest=greedy&liar=greedy');
  await fingerprint(page);
  await page.getByRole('button', { name: 'Bring MNIST …' }).click();
  await page.locator('dialog input[type=file]').setInputFiles(files);
}

test('the two files of a test set are played, compressed or not', async ({ page }) => {
  await bring(page, file(`${IMAGES}.gz`, gzipSync(idx([COUNT, 28, 28], pictures))), file(LABELS, idx([COUNT], labels)));
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page).toHaveURL(/digits=mnist/);
  await fingerprint(page);
  await expect(page.getByText('What the debaters see')).toBeVisible();
});

for (const [what, images, answer] of [
  ['that ends too early', idx([COUNT, 28, 28], pictures.subarray(0, 5000)), /is cut off/],
  ['with a wrong magic number', Buffer.concat([Buffer.from([9, 9, 9, 9]), pictures]), /it begins with 0x09090909/],
  ['that claims to be huge', idx([4_000_000_000, 28, 28], pictures), /announces 4000000000 pictures/],
  ['with another count', idx([COUNT - 1, 28, 28], pictures.subarray(784)), /holds 9999 pictures/],
  ['that is no gzip but claims to', Buffer.concat([Buffer.from([0x1f, 0x8b]), pictures.subarray(0, 99)]), /cannot be unpacked/],
] as [string, Buffer, RegExp][]) {
  test(`a file of pictures ${what} is refused with a reason`, async ({ page }) => {
    await bring(page, file(IMAGES, images), file(LABELS, idx([COUNT], labels)));
    await expect(page.locator('dialog .wrong').filter({ hasText: answer })).toBeVisible();
  });
}

test('a link that needs MNIST says so where there is none', async ({ page }) => {
  await open(page, '#/debate/first?v=1&digits=mnist');
  await expect(page.getByRole('alert')).toContainText('MNIST');
});
