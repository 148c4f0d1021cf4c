// What the tests know about the page: how to open it, and where things stand on it.
import { expect, type Locator, type Page, type Worker } from '@playwright/test';

/** Every kind of view that the page has, by its address. */
export const VIEWS: Record<string, string> = {
  'a debate': '#/debate/first?v=1&seed=7&at=5',
  'the judge’s seat': '#/debate/you-judge',
  'the liar’s seat': '#/debate/first?v=1&seat=liar',
  'an odd number of pixels': '#/debate/odd-pixels',
  'every protocol': '#/debate/consultancy',
  'a tournament': '#/debate/paper-6px?v=1&games=20&honest=greedy&liar=greedy',
  'the judge’s training': '#/debate/train-judge?v=1&steps=50',
  'weak to strong': '#/weak-to-strong/digits-confidence?v=1&strong=s&labelled=250&epochs=1&repeats=2',
  'the toy with evidence': '#/weak-to-strong/overlap?v=1&labelled=500&repeats=2',
  'every weak and strong pair': '#/weak-to-strong/digits-grid?v=1&family=overlap&labelled=250&epochs=1&repeats=2',
  'a question about a text': '#/weak-to-strong/text-chain?v=1&labelled=250&epochs=1&repeats=2',
  'a mate in one': '#/weak-to-strong/chess?v=1&strong=s&labelled=100&epochs=1&repeats=1',
  'a reward model': '#/weak-to-strong/reward?v=1&labelled=250&repeats=2',
  'an expression taken apart': '#/amplification/expression?v=1&question=(3%2B4)*(2-7)%2B1&at=19',
  'a wrong tree': '#/amplification/powering?v=1&mode=tree&error=50&kind=systematic&at=39',
  'amplification trained': '#/amplification/powering?v=1&steps=40',
  'permutations not trained on': '#/amplification/held-out-trained',
  'you are H': '#/amplification/you-are-h',
  'drift': '#/amplification/drift-random?v=1&task=fixed&kinds=both&steps=20&repeats=1',
  'a book': '#/amplification/book',
  'a book whose facts are known': '#/amplification/book?v=1&book=generated',
  'an embedded figure': '#/debate/first?v=1&at=4&embed=1',
  'a broken link': '#/debate/frist?v=9&px=99&nonsense=1',
  'the About page': '#/about',
};

/** Opens an address of the site. Going from one `#` to another would not load anything anew, so it starts blank. */
export async function open(page: Page, hash = '') {
  await page.goto('about:blank');
  await page.goto(`./${hash}`);
}

/** Lets a worker die of an error that nobody catches. */
export async function die(worker: Worker, why: string) {
  await worker.evaluate((why) => {
    setTimeout(() => {
      throw new Error(why);
    });
  }, why);
}

/** What the transport bar says about the run: `seed 7 · CPU · replays exactly · 0a1b2c3d`. */
export function status(page: Page): Locator {
  return page.locator('.transport .status');
}

/** The fingerprint of the run, once it is over. */
export async function fingerprint(page: Page): Promise<string> {
  // The longest run takes a few seconds where a processor has nothing else to do.
  await expect(status(page)).toHaveText(/ · [0-9a-f]{8}$/, { timeout: 60_000 });
  return (await status(page).textContent())!.split(' · ').at(-1)!;
}

/** Waits until the run is over, or can go on only with a person's choice. */
export const finished = fingerprint;

/** Where the replay stands, in words. */
export function where(page: Page): Locator {
  return page.locator('.transport .where');
}

/** A button of the transport bar. */
export function bar(page: Page, name: string): Locator {
  return page.getByRole('group', { name: 'Replay' }).getByRole('button', { name, exact: true });
}

/** A control of the settings panel. */
export function setting(page: Page, name: string): Locator {
  return page.locator('.settings').getByLabel(name, { exact: true });
}
