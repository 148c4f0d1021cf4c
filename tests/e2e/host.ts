// A host of the built site as the tests need one.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const DIST = fileURLToPath(new URL('../../dist', import.meta.url));
const FOLDER = '/some/class/room/';
const TYPES: Record<string, string> = { html: 'text/html', js: 'text/javascript', css: 'text/css', wasm: 'application/wasm', json: 'application/json' };

/** A host of the built site, in a folder, whose network can fail and which can have another version. */
export class Host {
  readonly asked: string[] = [];
  down = false;
  /** Files that are other than those of the build. */
  readonly changed = new Map<string, string>();
  /** Files that it does not have. */
  readonly gone = new Set<string>();
  /** Files that come half, and whole only once they are let go. */
  readonly held = new Map<string, Promise<void>>();
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, answer) => {
      const path = (request.url ?? '').split('?')[0].slice(FOLDER.length) || 'index.html';
      this.asked.push(path);
      const file = join(DIST, path);
      if (this.down) return void request.socket.destroy();
      if (!request.url?.startsWith(FOLDER) || this.gone.has(path) || !existsSync(file)) return void answer.writeHead(404).end();
      answer.setHeader('content-type', TYPES[path.split('.').at(-1)!] ?? 'application/octet-stream');
      void this.send(answer, this.changed.get(path) ?? readFileSync(file), this.held.get(path));
    });
  }

  private async send(answer: ServerResponse, content: string | Buffer, held?: Promise<void>) {
    if (held) {
      const half = content.length >> 1;
      answer.write(content.slice(0, half));
      await held;
      content = content.slice(half);
    }
    answer.end(content);
  }

  async start(): Promise<string> {
    await new Promise<void>((ready) => this.server.listen(0, '127.0.0.1', ready));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}${FOLDER}`;
  }

  stop() {
    this.server.closeAllConnections();
    this.server.close();
  }

  /** Another version, in which the page has another title. */
  publish(title: string) {
    const html = readFileSync(join(DIST, 'index.html'), 'utf8');
    const other = html.replace('<title>Oversight Playground', `<title>${title}`);
    const short = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12);
    const worker = readFileSync(join(DIST, 'service-worker.js'), 'utf8');
    this.changed.set('index.html', other);
    this.changed.set('service-worker.js', worker.replace(short(html), short(other)));
  }
}
