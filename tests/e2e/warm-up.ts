// Before the first test: a browser's very first start on a machine, with nothing of it in memory yet, may take half a
// minute. It is not what a test is about, so it is waited for here, with a new browser if need be.
import { chromium, type FullConfig } from '@playwright/test';
import { use } from './shared.config.ts';

const ATTEMPTS = 4;
const PATIENCE = 45_000;

export default async function warmUp(config: FullConfig) {
  for (let attempt = 1; ; attempt += 1) {
    const browser = await chromium.launch({ ...use!.launchOptions, timeout: PATIENCE });
    try {
      const page = await browser.newPage({ baseURL: config.projects[0].use.baseURL });
      await page.goto('./', { timeout: PATIENCE });
      return await page.locator('.transport .status').waitFor({ timeout: PATIENCE });
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      console.log(`The page did not start (attempt ${attempt} of ${ATTEMPTS}); once more.`);
    } finally {
      await browser.close();
    }
  }
}
