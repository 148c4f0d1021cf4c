// What a reader waits for, measured in a real browser. Nothing is asserted: times depend on the machine.
import { writeFileSync } from 'node:fs';
import { test, type Browser, type Page } from '@playwright/test';
import { keep, spread } from './results.ts';

/** Keeps a measurement for the table. */
function note(name: string, unit: string, samples: number[]) {
  const row = { name, unit, ...spread(samples) };
  console.log(`${name}: ${row.median.toFixed(1)} ${unit} (${row.lo.toFixed(1)} to ${row.hi.toFixed(1)}, ${row.n} runs)`);
  keep('page', row);
}

/** What a page notes about itself before its own code runs. */
interface Notes {
  /** When this text was first on the page, in milliseconds from the start of the load. */
  seen: Record<string, number>;
  /** When the current run was asked for, when its first events came, and when its end came; 0 before. */
  run: number;
  asked: number;
  first: number;
  ended: number;
  /** The longest task of the page's thread, in milliseconds. */
  longest: number;
}

declare const notes: Notes;

/** Opens an address with nothing cached, in a page that takes notes. */
async function cold(browser: Browser, baseURL: string, hash: string, slower = 1, cores = 0): Promise<Page> {
  const context = await browser.newContext({ baseURL, viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  if (cores > 0) {
    await page.addInitScript((cores) => {
      Object.defineProperty(Navigator.prototype, 'hardwareConcurrency', { get: () => cores });
    }, cores);
  }
  await page.addInitScript(() => {
    const taken: Notes = { seen: {}, run: -1, asked: 0, first: 0, ended: 0, longest: 0 };
    Object.assign(window, { notes: taken });
    const look = () => {
      if (!('update' in taken.seen) && /What the judge sees: [1-9]/.test(document.body?.textContent ?? '')) taken.seen.update = performance.now();
      if (!('update' in taken.seen)) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    new PerformanceObserver((list) => {
      for (const task of list.getEntries()) taken.longest = Math.max(taken.longest, task.duration);
    }).observe({ type: 'longtask' });
    // A run is asked for with a message to the worker, and ends with one from it.
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (this: Worker, ...args: unknown[]) {
      // Messages are bytes: which kind it is, then which run it is about.
      const START = 0;
      const [kind, run] = args[0] as Uint8Array;
      if (kind === START) {
        // Of the parts of a run the first counts.
        if (run !== taken.run) Object.assign(taken, { run, asked: performance.now(), first: 0 });
        taken.ended = 0;
      }
      return (post as (...all: unknown[]) => void).apply(this, args);
    } as typeof post;
    const Own = window.Worker;
    window.Worker = class extends Own {
      constructor(address: string | URL, options?: WorkerOptions) {
        super(address, options);
        this.addEventListener('message', (event) => {
          const [EVENTS, DONE] = [2, 5];
          if (event.data[0] === EVENTS) taken.first ||= performance.now();
          if (event.data[0] === DONE) taken.ended = performance.now();
        });
      }
    };
  });
  if (slower > 1) {
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: slower });
  }
  await page.goto(`./${hash}`);
  return page;
}

const over = (page: Page) => page.waitForFunction(() => notes.ended > 0, undefined, { timeout: 150_000 });

/** Everything on as slow a processor: 1 is this one. */
for (const slower of [1, 4]) {
  test(`cold load on a processor ${slower} times slower`, async ({ browser, baseURL }) => {
    const [paint, update]: number[][] = [[], []];
    for (let run = 0; run < 5; run += 1) {
      const page = await cold(browser, baseURL!, '', slower);
      await page.waitForFunction(() => 'update' in notes.seen);
      update.push(await page.evaluate(() => notes.seen.update));
      paint.push(await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime));
      await page.context().close();
    }
    const where = slower === 1 ? '' : `, processor ${slower} times slower`;
    note(`cold load to the first contentful paint${where}`, 'ms', paint);
    note(`cold load to the judge’s first update${where}`, 'ms', update);
  });
}

test('the first preset of every lab', async ({ browser, baseURL }) => {
  test.setTimeout(1_800_000);
  const page = await cold(browser, baseURL!, '');
  await over(page);
  const labs = await page.$$eval('nav.tabs a:not([href="#/about"])', (links) => links.map((link) => link.getAttribute('href')!));
  await page.context().close();
  for (const lab of labs) {
    const [first, done]: number[][] = [[], []];
    for (let run = 0; run < 5; run += 1) {
      const page = await cold(browser, baseURL!, lab);
      await over(page);
      first.push(await page.evaluate(() => notes.first));
      done.push(await page.evaluate(() => notes.ended));
      await page.context().close();
    }
    note(`${lab}, cold, to its first event`, 'ms', first);
    note(`${lab}, cold, to its end`, 'ms', done);
  }
});

for (const [name, hash] of [
  ['one game, 10,000 rollouts a move, no claims', '#/debate/first?v=1&precommit=0&honest=search&hr=10000&liar=search&lr=10000'],
  ['one greedy game with claims, all nine lies', '#/debate/first?v=1&honest=greedy&liar=greedy'],
]) {
  test(name, async ({ browser, baseURL }) => {
    const page = await cold(browser, baseURL!, hash);
    await over(page);
    const samples: number[] = [];
    for (let run = 0; run < 7; run += 1) {
      // Another seed is another game, in a worker that is warm.
      await page.keyboard.press('n');
      await page.waitForFunction(() => notes.ended === 0 || notes.ended > notes.asked);
      await over(page);
      samples.push(await page.evaluate(() => notes.ended - notes.asked));
    }
    await page.context().close();
    note(name, 'ms', samples);
  });
}

test('the page while a tournament runs', async ({ browser, baseURL }) => {
  const page = await cold(browser, baseURL!, '#/debate/paper-6px?v=1&games=200&honest=greedy&liar=greedy');
  await page.waitForFunction(() => document.querySelector('.paper-table td strong'));
  // The load is over: from here on only the tournament is measured.
  await page.evaluate(() => {
    notes.longest = 0;
  });
  await over(page);
  const [longest, took] = await page.evaluate(() => [notes.longest, notes.ended - notes.asked]);
  await page.context().close();
  // The browser reports tasks from 50 ms on; none reported reads as 0.
  note('longest task of the page during a tournament (0: none of 50 ms or more)', 'ms', [longest]);
  note('a tournament of 200 pictures, greedy, all nine lies, either side first', 's', [took / 1000]);
});

for (const [name, hash] of [
  ['a tournament of 100 pictures', '#/debate/paper-6px?v=1&games=100&honest=greedy&liar=greedy'],
  ['a tournament of 400 pictures', '#/debate/paper-6px?v=1&games=400&honest=greedy&liar=greedy'],
  ['six repetitions on digits', '#/weak-to-strong/digits?v=1'],
]) {
  test(`${name}, by one worker and by two`, async ({ browser, baseURL }) => {
    for (const workers of [1, 2]) {
      // The second worker is started by the first run that has work for it, and is there for the next.
      const samples: [number[], number[]] = [[], []];
      for (let run = 0; run < 5; run += 1) {
        // The page takes one worker less than the browser has cores.
        const page = await cold(browser, baseURL!, '#/about', 1, workers + 1);
        await over(page);
        for (const [again, times] of samples.entries()) {
          times.push(await page.evaluate(async (hash) => {
            // Another seed leaves another fingerprint.
            const print = () => document.querySelector<HTMLElement>('.bar')?.dataset.fingerprint;
            const [before, began] = [print(), performance.now()];
            location.hash = hash;
            // Who looked at every frame would take time from the workers.
            await new Promise<void>((done) => {
              const look = new MutationObserver(() => {
                if ((print() ?? before) === before) return;
                look.disconnect();
                done();
              });
              look.observe(document.body, { subtree: true, childList: true, attributeFilter: ['data-fingerprint'] });
            });
            return (performance.now() - began) / 1000;
          }, `${hash}&seed=${10 + again}`));
        }
        await page.context().close();
      }
      const by = `by ${workers} worker${workers > 1 ? 's' : ''}`;
      note(`${name}, ${by}`, 's', samples[0]);
      note(`${name}, ${by}, the next time`, 's', samples[1]);
    }
  });
}

test('a tree of more than 30,000 nodes', async ({ browser, baseURL }, info) => {
  const page = await cold(browser, baseURL!, '#/amplification/book?v=1&page=20');
  await over(page);
  await page.getByRole('button', { name: 'Bring your own text …' }).click();
  const sentence = (n: number) => `The keeper of house ${n} lit lamp ${n % 97} and wrote the hour of ship ${n % 1013} into the long book of the harbour, as every keeper had. `;
  const text = Array.from({ length: 35_000 }, (_, n) => sentence(n)).join('');
  // From the disk: a file that is handed over in memory is unpacked on the page's own thread.
  const file = info.outputPath('long.txt');
  writeFileSync(file, text);
  await page.evaluate(() => {
    notes.longest = 0;
  });
  await page.locator('dialog input[type=file]').setInputFiles(file);
  await page.waitForURL(/book=own/);
  await page.waitForFunction(() => notes.ended > notes.asked, undefined, { timeout: 150_000 });
  const took = await page.evaluate(() => notes.ended - notes.asked);
  const arrival = await page.evaluate(() => notes.longest);
  const tree = page.getByRole('tree');
  await tree.waitFor();
  const longest = async (does: () => Promise<unknown>) => {
    await page.evaluate(() => new Promise((done) => setTimeout(done, 300)));
    await page.evaluate(() => {
      notes.longest = 0;
    });
    await does();
    await page.evaluate(() => new Promise((done) => setTimeout(done, 500)));
    return page.evaluate(() => notes.longest);
  };
  const samples: [string, number][] = [['arriving', arrival]];
  samples.push(['opening all', await longest(() => page.getByLabel('Open:').selectOption('all'))]);
  samples.push(['scrolling', await longest(() => tree.evaluate(async (window) => {
    for (let at = 0; at < 60; at += 1) {
      window.scrollTop = (window.scrollHeight * at) / 60;
      await new Promise(requestAnimationFrame);
    }
  }))]);
  samples.push(['walking', await longest(async () => {
    await tree.focus();
    for (const key of ['Home', 'ArrowDown', 'End', 'ArrowUp', 'PageUp']) await page.keyboard.press(key);
  })]);
  samples.push(['searching', await longest(() => page.getByRole('searchbox').pressSequentially('house 20123'))]);
  samples.push(['going to a hit', await longest(() => page.getByRole('searchbox').press('Enter'))]);
  await page.locator('.tree .export summary').click();
  for (const kind of ['SVG', 'PNG', 'JSON']) {
    samples.push([`saving as ${kind}`, await longest(async () => {
      const coming = page.waitForEvent('download');
      await page.locator('.tree .export').getByRole('button', { name: kind, exact: true }).click();
      await (await coming).path();
    })]);
  }
  await page.context().close();
  note('a book of 4.6 MB, summarised', 's', [took / 1000]);
  // The browser reports tasks from 50 ms on; none reported reads as 0.
  for (const [what, time] of samples) note(`tree of 35,000 pages, ${what}: longest task (0: none of 50 ms or more)`, 'ms', [time]);
});
