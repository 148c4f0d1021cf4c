import { defineConfig } from '@playwright/test';
import { use, webgpu } from '../shared.config.ts';

// `cargo xtask bench`: one measurement at a time, with nothing else going on.
export default defineConfig({
  testDir: '.',
  testMatch: '*.bench.ts',
  outputDir: '../artifacts/bench',
  workers: 1,
  timeout: 180_000,
  reporter: 'list',
  use: { ...use, launchOptions: webgpu, viewport: { width: 1440, height: 900 } },
});
