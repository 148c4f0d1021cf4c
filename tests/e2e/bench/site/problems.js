// What a network is trained on here: numbers of the right form, and weights to start with. Every side gets one batch
// and trains on it again and again; ours also draws its batches, as it does in the labs.

/** The same numbers every time (mulberry32). */
function randoms(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function numbers(n, random, scale) {
  return Float32Array.from({ length: n }, () => scale * (2 * random() - 1));
}

/** Six pixels of each picture: which, and how bright. */
function planes(batch, inputs, random) {
  const x = new Float32Array(batch * inputs);
  for (let row = 0; row < batch; row += 1) {
    for (let shown = 0; shown < 6; shown += 1) {
      const pixel = Math.floor(random() * (inputs / 2));
      x[row * inputs + pixel] = 1;
      x[row * inputs + inputs / 2 + pixel] = random();
    }
  }
  return x;
}

/** `rows` of inputs `x`, targets `y` ([batch, outputs]) and `layers` of weights and biases. */
self.problem = ({ kind, sizes, batch }) => {
  const random = randoms(1);
  const [inputs, outputs] = [sizes[0], sizes.at(-1)];
  // Of a pair the first answers come first, then the second ones.
  const rows = kind === 'ranker' ? 2 * batch : batch;
  const x = kind === 'judge' ? planes(batch, inputs, random) : numbers(rows * inputs, random, 1.7);
  const y = new Float32Array(batch * outputs);
  for (let row = 0; row < batch; row += 1) {
    if (kind === 'judge') y[row * outputs + Math.floor(random() * outputs)] = 1;
    else y[row] = random();
  }
  const layers = sizes.slice(1).map((out, i) => ({
    shape: [sizes[i], out],
    weight: numbers(sizes[i] * out, random, Math.sqrt(6 / sizes[i])),
    bias: new Float32Array(out),
  }));
  return { rows, inputs, outputs, x, y, layers };
};
