import { defineConfig } from '@playwright/test';
import { use, webgpu } from './shared.config.ts';

const desktop = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };

// Every test runs on the desktop. A test whose title carries @layout runs on a phone too; other sizes and schemes are
// looked at by the tests themselves.
export default defineConfig({
  testDir: '.',
  testMatch: '*.test.ts',
  globalSetup: './warm-up.ts',
  outputDir: 'artifacts/results',
  // Each test has a page and a worker that computes.
  workers: 2,
  fullyParallel: true,
  forbidOnly: !!process.env.CI,
  timeout: 60_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json', { outputFile: 'artifacts/report.json' }]],
  use: { ...use, screenshot: 'only-on-failure' },
  projects: [
    // The software adapter takes every core that there is: one of these at a time.
    { name: 'gpu', testMatch: 'gpu.test.ts', fullyParallel: false, use: { viewport: desktop, launchOptions: webgpu } },
    { name: 'desktop', testIgnore: 'gpu.test.ts', use: { viewport: desktop, colorScheme: 'light' } },
    { name: 'phone', grep: /@layout/, use: { viewport: phone, colorScheme: 'light', hasTouch: true, isMobile: true } },
  ],
});
