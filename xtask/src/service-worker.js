// Keeps the site on the reader's disk, so that another visit, or a classroom without network, needs nothing.
//
// Every file is kept under its path and the hash of its content: a new version fetches what has changed and nothing
// else, the old one goes on with what it has, and no page ever gets files of two versions.
// xtask/src/offline.rs writes in what there is.

/** What the page needs to start, and everything else: path and hash of each file. */
const FIRST = /* first */ {};
const LATER = /* later */ {};

const FILES = { ...FIRST, ...LATER };
const NAME = 'oversight-playground';

/** The worker for GPUs is kept once it was used: most readers never need its megabytes. */
const isSmall = (path) => !path.startsWith('worker-gpu');

/** Where a file is kept. */
const place = (path) => new URL(`${path}?v=${FILES[path]}`, registration.scope).href;

/** Whether these are the bytes that this version was built with. */
async function fits(path, bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).slice(0, 6);
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('') === FILES[path];
}

/** Asks the server for a file: whether it is the one that the browser has; what has not changed is not sent again. */
const asked = (path) => fetch(new URL(path, registration.scope), { cache: 'no-cache' });

/** Keeps what has come, if it is of this version. */
async function stored(cache, path, answer) {
  if (answer.ok && (await fits(path, await answer.clone().arrayBuffer()))) await cache.put(place(path), answer);
}

/** Keeps these files, one after the other, so that the page's own requests come first. */
async function keep(paths) {
  const cache = await caches.open(NAME);
  for (const path of paths) {
    if (await cache.match(place(path))) continue;
    await stored(cache, path, await asked(path));
    if (!(await cache.match(place(path)))) throw new Error(`${path} is of another version`);
  }
}

/** Forgets what this version does not have. */
async function tidy() {
  const cache = await caches.open(NAME);
  const known = new Set(Object.keys(FILES).map(place));
  for (const request of await cache.keys()) if (!known.has(request.url)) await cache.delete(request);
}

/** A file from the disk, or from the network while it comes: how far it is can be seen. */
async function answer(path, event) {
  const cache = await caches.open(NAME);
  const kept = await cache.match(place(path));
  if (kept) return kept;
  const fresh = await asked(path).catch(() => fetch(event.request));
  event.waitUntil(stored(cache, path, fresh.clone()));
  return fresh;
}

addEventListener('install', (event) => event.waitUntil(keep(Object.keys(FIRST))));

addEventListener('activate', (event) => event.waitUntil(tidy().then(() => clients.claim())));

addEventListener('message', (event) => {
  // The page asks for these once it has nothing else to do, and for the change of versions when its reader agrees.
  if (event.data === 'keep all') event.waitUntil(keep(Object.keys(FILES).filter(isSmall)).then(() => event.source.postMessage('all kept'), () => {}));
  if (event.data === 'take over') skipWaiting();
});

addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(registration.scope)) return;
  const path = request.url.slice(registration.scope.length).split(/[?#]/)[0] || 'index.html';
  if (Object.hasOwn(FILES, path)) event.respondWith(answer(path, event));
});
