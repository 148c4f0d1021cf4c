// How much memory a page takes: what its own scripts hold, and what the browser's process of it and its workers takes.
import { readFileSync } from 'node:fs';
import type { Browser, Page } from '@playwright/test';

export interface Memory {
  /** What the page's JavaScript holds after a collection, in MB. */
  heap: number;
  /** What the page's WebAssembly has taken, in MB; it never gives any back. 0 without `count`. */
  wasm: number;
  /** The largest process that shows pages, workers and WebAssembly included, in MB; 0 where the system does not tell. */
  process: number;
}

const MB = 1e6;

/** Bytes of a process that lie in memory, as Linux tells it. */
function resident(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096;
  } catch {
    return 0;
  }
}

/** Counts the page's WebAssembly from its next load on. */
export async function count(page: Page) {
  await page.addInitScript(() => {
    const start = WebAssembly.instantiateStreaming;
    WebAssembly.instantiateStreaming = async (...given) => {
      const made = await start(...given);
      if (made.instance.exports.memory) Object.assign(globalThis, { counted: made.instance.exports.memory });
      return made;
    };
  });
}

export async function memory(browser: Browser, page: Page): Promise<Memory> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const wasm = await page.evaluate(() => (globalThis as { counted?: WebAssembly.Memory }).counted?.buffer.byteLength ?? 0);
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  const whole = await browser.newBrowserCDPSession();
  const { processInfo } = await whole.send('SystemInfo.getProcessInfo');
  await whole.detach();
  const pages = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => resident(id));
  return { heap: usedSize / MB, wasm: wasm / MB, process: Math.max(0, ...pages) / MB };
}
