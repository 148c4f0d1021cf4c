// Replay: the browser's worker gives every preset the fingerprint that is committed for it.
//
// Debates have one fingerprint everywhere. Training has one for all browsers, and natively one for each kind of
// processor, which is not committed. `OVERSIGHT_BLESS=1` writes those of the browser anew.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test, expect } from './fixtures.ts';
import { finished, open } from './pages.ts';

type Entry = { link: string } & ({ everywhere: string } | { browser: string });

const file = fileURLToPath(new URL('../fingerprints.json', import.meta.url));
const entries: Entry[] = JSON.parse(readFileSync(file, 'utf8'));

test('every preset replays in the browser to its committed fingerprint', async ({ page }) => {
  test.setTimeout(400_000);
  for (const entry of entries) {
    // Meant for a GPU: without one it would take a browser too long.
    if ('browser' in entry && !entry.browser) continue;
    await open(page, entry.link);
    await finished(page);
    const found = await page.locator('footer.bar').getAttribute('data-fingerprint');
    if (process.env.OVERSIGHT_BLESS && 'browser' in entry) {
      entry.browser = found!;
    } else {
      expect.soft(found, entry.link).toBe('browser' in entry ? entry.browser : entry.everywhere);
    }
  }
  if (process.env.OVERSIGHT_BLESS) writeFileSync(file, JSON.stringify(entries, null, 2) + '\n');
});

test('only training differs between browser and terminal', () => {
  for (const entry of entries) expect('browser' in entry, entry.link).toBe(/train-(paper-)?judge|text-large/.test(entry.link));
});
