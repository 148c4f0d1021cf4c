// The page loads: from the root, from a folder, under a strict policy, and asks nobody else for anything.
import { test, expect } from './fixtures.ts';

for (const [where, address] of [['the root', './'], ['a folder', './some/folder/']]) {
  test(`the page starts from ${where}`, async ({ page }) => {
    // Trunk tells when the page's code has been loaded and started.
    await page.addInitScript(() => {
      addEventListener('TrunkApplicationStarted', () => Object.assign(window, { started: true }));
    });
    await page.goto(address);
    await page.waitForFunction(() => 'started' in window);
    await expect(page).toHaveTitle(/Oversight Playground/);
  });
}

test('nothing but the page’s own code may run', async ({ page, watch }) => {
  await page.goto('./');
  watch.allow(/Content Security Policy|asked a stranger/);
  const outcome = await page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'window.intruder = true';
    document.head.append(script);
    const stranger = await fetch('http://127.0.0.1:9/').then(() => 'answered', () => 'refused');
    return { intruder: 'intruder' in window, stranger };
  });
  expect(outcome).toEqual({ intruder: false, stranger: 'refused' });
  // A connection that merely fails would be refused too: the policy has to be the reason.
  expect(watch.problems.filter((problem) => problem.includes('connect-src'))).not.toEqual([]);
});

test('without JavaScript the page says what it needs', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL });
  const page = await context.newPage();
  await page.goto('./');
  await expect(page.locator('noscript')).toBeVisible();
  // Playwright reads no text in this element; its markup tells.
  expect(await page.locator('noscript').innerHTML()).toContain('Please allow JavaScript');
  await context.close();
});

test('every file that the page names is there', async ({ page, request, baseURL }) => {
  await page.goto('./');
  const named = await page.evaluate(() =>
    [...document.querySelectorAll('link[href], script[src]')].map((e) => e.getAttribute('href') ?? e.getAttribute('src')!),
  );
  expect(named.length).toBeGreaterThan(3);
  for (const file of [...named, 'worker-cpu_loader.js', 'worker-cpu.js', 'worker-cpu_bg.wasm']) {
    const answer = await request.get(new URL(file, baseURL).href);
    expect(answer.status(), file).toBe(200);
  }
  const manifest = await (await request.get('./manifest.webmanifest')).json();
  for (const icon of manifest.icons) expect((await request.get(`./${icon.src}`)).status(), icon.src).toBe(200);
});
