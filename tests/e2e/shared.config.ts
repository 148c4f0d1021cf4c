// What the tests and the measurements have in common: the browser.
import { existsSync } from 'node:fs';
import type { PlaywrightTestConfig } from '@playwright/test';

const chromium = process.env.CHROMIUM;
if (chromium && !existsSync(chromium)) throw new Error('CHROMIUM names no file.');

// Chromium's sandbox refuses to work for root.
const asRoot = process.getuid?.() === 0;

export const use: PlaywrightTestConfig['use'] = {
  // `cargo xtask serve` serves here unless told otherwise; `cargo xtask test` names an address of its own.
  baseURL: process.env.OVERSIGHT_URL ?? 'http://127.0.0.1:8080/',
  // Only offline.test.ts is about what is kept on disk; elsewhere it would stand between the tests and their routes.
  serviceWorkers: 'block',
  launchOptions: {
    executablePath: chromium,
    args: [
      ...(asRoot ? ['--no-sandbox'] : []),
      // Nothing but the page's own requests.
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  },
};

/** Without a GPU, Chromium's software adapter shows that the WebGPU path works; it says nothing of a GPU's speed. */
const adapter = process.env.OVERSIGHT_GPU ? [] : ['--use-webgpu-adapter=swiftshader'];
const { args = [], ...launch } = use!.launchOptions!;

/** How the browser is launched where it shall offer WebGPU. */
export const webgpu = {
  ...launch,
  args: [...args, '--enable-unsafe-webgpu', '--enable-features=Vulkan', '--ignore-gpu-blocklist', ...adapter],
};
