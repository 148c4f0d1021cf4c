// Lets every side train in a worker of its own, one at a time and in turns, so that none has a quieter machine than
// the others.

/** A turn lasts about this long, in milliseconds: shorter ones would measure the clock. */
const TURN_MS = 50;

const sides = {
  ours: () => new Worker('ours_worker.js'),
  tfjs_wasm: () => new Worker('tfjs.js', { name: 'wasm' }),
  tfjs_cpu: () => new Worker('tfjs.js', { name: 'cpu' }),
  tfjs_webgpu: () => new Worker('tfjs.js', { name: 'webgpu' }),
  jaxjs_wasm: () => new Worker('jaxjs.js', { name: 'wasm', type: 'module' }),
  jaxjs_webgpu: () => new Worker('jaxjs.js', { name: 'webgpu', type: 'module' }),
};

/** By side: its worker, and what it said first. */
const started = {};

/** The next message of a worker. */
function hear(worker) {
  return new Promise((resolve, reject) => {
    worker.onmessage = (event) => {
      const failed = event.data.failed ?? event.data.Failed;
      if (failed) reject(new Error(failed));
      else resolve(event.data);
    };
    worker.onerror = (event) => reject(new Error(event.message ?? 'the worker died'));
  });
}

function start(side) {
  started[side] ??= (async () => {
    const worker = sides[side]();
    return { worker, hello: await hear(worker) };
  })();
  return started[side];
}

async function ask(side, question) {
  const { worker } = await start(side);
  const answer = hear(worker);
  worker.postMessage(question);
  return answer;
}

/** Milliseconds a step, over so many. */
async function stepMs(side, index, network, steps) {
  if (side === 'ours') return (await ask(side, { Train: { network: index, steps } })).StepMs;
  return (await ask(side, { index, network, steps })).ms;
}

/** The browser's adapter for WebGPU in words, and whether it is a GPU at all: a software one takes minutes a network. */
async function adapter() {
  const info = (await navigator.gpu?.requestAdapter())?.info;
  const name = info ? [info.vendor, info.architecture, info.description].filter(Boolean).join(' ') : 'none';
  return { name, real: !!info && !info.isFallbackAdapter && !/swiftshader|llvmpipe/i.test(name) };
}

const networks = async () => (await start('ours')).hello.Networks;

/** Trains one network on every side, `rounds` times in turn, after turns that warm up and say how long a step takes. */
async function run(index, rounds) {
  const network = (await networks())[index];
  const [times, failed, steps] = [{}, {}, {}];
  const { real } = await adapter();
  for (const side of Object.keys(sides).filter((side) => real || !side.endsWith('webgpu'))) {
    try {
      const first = await stepMs(side, index, network, 2);
      const next = first < TURN_MS ? await stepMs(side, index, network, 4) : first;
      steps[side] = Math.max(1, Math.min(100_000, Math.round(TURN_MS / Math.max(next, 1e-3))));
      if (steps[side] > 1) await stepMs(side, index, network, steps[side]);
      times[side] = [];
    } catch (error) {
      failed[side] = String(error.message);
    }
  }
  const racing = Object.keys(times);
  for (let round = 0; round < rounds; round += 1) {
    // Another side begins each round.
    for (let turn = 0; turn < racing.length; turn += 1) {
      const side = racing[(round + turn) % racing.length];
      times[side].push(await stepMs(side, index, network, steps[side]));
    }
  }
  return { network, times, failed };
}

window.race = {
  networks,
  run,
  rates: async () => (await ask('ours', 'Rates')).Rates,
  /** Records so many events; how many seconds that took. */
  record: async (events) => (await ask('ours', { Record: { events } })).Seconds,
  adapter,
};
