// Before the first test: a browser's very first start on a machine, with nothing of it in memory yet, may take half a
// minute. It is not what a test is about, so it is waited for here.
import { chromium, type FullConfig } from '@playwright/test';
import { use } from './shared.config.ts';

const PATIENCE = 180_000;

export default async function warmUp(config: FullConfig) {
  const browser = await chromium.launch({ ...use!.launchOptions, timeout: PATIENCE });
  const page = await browser.newPage({ baseURL: config.projects[0].use.baseURL });
  await page.goto('./', { timeout: PATIENCE });
  await page.locator('.transport .status').waitFor({ timeout: PATIENCE });
  await browser.close();
}
