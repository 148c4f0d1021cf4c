// Where measurements are kept for the tables that `cargo xtask bench` prints.
import { readFileSync, writeFileSync } from 'node:fs';

/** The middle, the ends and the number of some measurements. */
export interface Spread {
  median: number;
  lo: number;
  hi: number;
  n: number;
}

export function spread(samples: number[]): Spread {
  const sorted = [...samples].sort((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)], lo: sorted[0], hi: sorted.at(-1)!, n: sorted.length };
}

/** Adds rows to one list of the results. */
export function keep(list: 'training' | 'rates' | 'page' | 'growth' | 'sizes', ...rows: object[]) {
  const file = process.env.OVERSIGHT_BENCH;
  if (!file) return;
  const results = JSON.parse(readFileSync(file, 'utf8'));
  results[list] = [...(results[list] ?? []), ...rows];
  writeFileSync(file, JSON.stringify(results, null, 1));
}
