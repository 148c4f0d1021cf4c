import { defineConfig } from '@playwright/test';
import { use } from '../shared.config.ts';

// Without a GPU, Chromium's software adapter shows that the WebGPU path works; it says nothing of a GPU's speed.
const adapter = process.env.OVERSIGHT_GPU ? [] : ['--use-webgpu-adapter=swiftshader'];
const webgpu = ['--enable-unsafe-webgpu', '--enable-features=Vulkan', '--ignore-gpu-blocklist', ...adapter];
const { args = [], ...launch } = use?.launchOptions ?? {};

// `cargo xtask bench`: one measurement at a time, with nothing else going on.
export default defineConfig({
  testDir: '.',
  testMatch: '*.bench.ts',
  outputDir: '../artifacts/bench',
  workers: 1,
  timeout: 180_000,
  reporter: 'list',
  use: { ...use, launchOptions: { ...launch, args: [...args, ...webgpu] }, viewport: { width: 1440, height: 900 } },
});
