// What goes over the wire: the built files as they are, and as hosts compress them.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { test } from '@playwright/test';
import { keep } from './results.ts';

test('sizes', () => {
  const dist = process.env.OVERSIGHT_DIST!;
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(wasm|js|css|html)$/.test(name)).sort();
  for (const name of files) {
    const bytes = readFileSync(join(dist, name));
    // A build's hash says nothing to a reader of the table.
    const file = name.replace(/-[0-9a-f]{12,16}(?=[._/])/, '');
    keep('sizes', { file, raw: bytes.length, gzip: gzipSync(bytes).length, brotli: brotliCompressSync(bytes).length });
  }
});
