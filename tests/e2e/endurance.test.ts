// Long random use: links opened, runs started and stopped, settings changed, keys pressed, workers killed. The page
// says nothing on the console, keeps answering, and its memory levels off. Two minutes here; OVERSIGHT_ENDURANCE sets
// other minutes, and then every reading is printed.
import { expect, test } from './fixtures.ts';
import { count, memory, type Memory } from './memory.ts';
import { die, open, status, VIEWS } from './pages.ts';
import type { Page } from '@playwright/test';

const MINUTES = Number(process.env.OVERSIGHT_ENDURANCE ?? 2);
const READINGS = 12;
/** What the last third may take more than the first: memory levels off, but not at its first reading. */
const GROWTH = 1.5;

/** Draws of a small generator, so that a failure can be run again. */
function dice(seed: number) {
  let state = seed;
  return (sides: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

const KEYS = [' ', 'ArrowRight', 'ArrowLeft', 'End', 'r', 'n'];

/** What cannot be reached right now, as in an embedded figure, is left alone. */
const SOON = { timeout: 1_000 };
const hidden = () => {};

/** One thing that somebody might do. */
async function act(page: Page, draw: (sides: number) => number) {
  const links = Object.values(VIEWS);
  switch (draw(6)) {
    case 0:
    case 1:
      await page.evaluate((hash) => {
        location.hash = hash;
      }, links[draw(links.length)]);
      break;
    case 2:
      await page.keyboard.press(KEYS[draw(KEYS.length)]);
      break;
    case 3: {
      const presets = page.locator('.presets a');
      const count = await presets.count();
      if (count > 0) await presets.nth(draw(count)).click(SOON).catch(hidden);
      break;
    }
    case 4: {
      const choices = page.locator('.settings select');
      const count = await choices.count();
      if (count > 0) {
        const choice = choices.nth(draw(count));
        const values = await choice.locator('option').evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value)).catch(() => []);
        if (values.length === 0) break;
        await choice.selectOption(values[draw(values.length)], SOON).catch(hidden);
      }
      break;
    }
    default:
      if (draw(3) === 0) {
        const [worker] = page.workers();
        if (worker) await die(worker, 'killed on purpose').catch(hidden);
      } else {
        await page.keyboard.press('Escape');
      }
  }
  await page.evaluate(() => new Promise(requestAnimationFrame));
}

test('long random use leaves no error and no memory behind', async ({ page, browser, watch }) => {
  test.setTimeout((MINUTES + 3) * 60_000);
  watch.allow(/killed on purpose/);
  const draw = dice(7);
  await count(page);
  await open(page);
  const began = Date.now();
  const readings: Memory[] = [];
  let acts = 0;
  for (let reading = 0; reading < READINGS; reading += 1) {
    while (Date.now() - began < ((reading + 1) / READINGS) * MINUTES * 60_000) {
      await act(page, draw);
      acts += 1;
    }
    // The same view each time, so that readings can be compared.
    await page.evaluate(() => {
      location.hash = `#/debate/first?v=1&at=2&seed=${Math.floor(performance.now())}`;
    });
    await expect(page.getByText('What the judge sees: 1')).toBeVisible();
    await expect(status(page)).toHaveText(/ · [0-9a-f]{8}$/);
    readings.push(await memory(browser, page));
  }
  if (process.env.OVERSIGHT_ENDURANCE) {
    console.log(`${acts} acts in ${MINUTES} minutes; heap, WebAssembly and process in MB:`);
    for (const { heap, wasm, process: whole } of readings) console.log(`${heap.toFixed(1)} ${wasm.toFixed(1)} ${whole.toFixed(0)}`);
  }
  const third = READINGS / 3;
  const least = (list: Memory[], part: keyof Memory) => Math.min(...list.map((reading) => reading[part]));
  for (const part of ['heap', 'wasm', 'process'] as const) {
    const [first, last] = [least(readings.slice(0, third), part), least(readings.slice(-third), part)];
    expect(last, `${part}: ${readings.map((reading) => reading[part].toFixed(1))}`).toBeLessThanOrEqual(GROWTH * first + 1);
  }
});
