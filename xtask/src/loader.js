// Starts a large worker, and tells the page how much of it has come: two numbers, in kB as they go over the wire.
// xtask/src/loader.rs writes in its name and its sizes.

const [NAME, RAW, WIRE] = /* name, bytes, kB over the wire */ [];

/** Tells the page whenever another hundredth has come. */
async function count(body) {
  let [bytes, told] = [0, -1];
  for (const reader = body.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) return;
    bytes += value.length;
    const share = Math.floor((100 * bytes) / RAW);
    if (share > told) postMessage(Float64Array.of(Math.round((WIRE * share) / 100), WIRE));
    told = share;
  }
}

async function load() {
  const answer = await fetch(`./${NAME}_bg.wasm`);
  if (!answer.ok) throw new Error(`the larger program is not there (${answer.status})`);
  count(answer.clone().body);
  importScripts(`./${NAME}.js`);
  await wasm_bindgen({ module_or_path: answer });
}

// An error that no promise swallows: the page hears of it.
load().catch((why) =>
  setTimeout(() => {
    throw why;
  }),
);
