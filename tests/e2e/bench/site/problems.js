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

/** Rows in which one number of the first half and one of the second are 1. */
function twoMarks(rows, inputs, random) {
  const x = new Float32Array(rows * inputs);
  const half = inputs >> 1;
  for (let row = 0; row < rows; row += 1) for (const from of [0, half]) x[row * inputs + from + Math.floor(random() * half)] = 1;
  return x;
}

/** Convolutions of 3 × 3 and dense layers: the shapes of their weights. */
const convolution = (from, to) => [3, 3, from, to];

const shapes = {
  encoder: ([one, ...channels]) => [
    ...channels.map((to, i) => convolution([one, ...channels][i], to)),
    [2 * channels.at(-1), 1],
  ],
  mover: ([channels, keys]) => [keys, keys, 1, 1].map((to) => [channels, to]),
  player: ([channels, keys, blocks]) => [
    convolution(13, channels),
    [2 * channels, channels],
    ...Array.from({ length: blocks }, () => convolution(channels, channels)),
    ...shapes.mover([channels, keys]),
  ],
  // Facts and questions have as many marks here, so that they are rows of one array; the blocks follow.
  transformer: ([facts, questions, , , width, , hidden, reading, asking], answers) => [
    ...[0, 1].map(() => [Math.max(facts, questions), width]),
    ...Array.from({ length: reading + asking }, () => [width, width, width, width, hidden].map((to) => [width, to]).concat([[hidden, width]])).flat(),
    [width, answers],
  ],
};

/** The numbers that go in, by what the network looks at. */
const looks = {
  judge: (batch, [inputs], random) => [batch, planes(batch, inputs, random)],
  // Of a pair the first answers come first, then the second ones.
  ranker: (batch, [inputs], random) => [2 * batch, numbers(2 * batch * inputs, random, 1.7)],
  encoder: (batch, _, random) => [batch, numbers(batch * 784, random, 1)],
  mover: (batch, [channels], random) => [64 * batch, numbers(64 * batch * channels, random, 1)],
  player: (batch, _, random) => [batch, numbers(batch * 64 * 13, random, 1)],
  // First the tokens of all facts, then all questions.
  transformer: (batch, [facts, questions, tokens, each], random) => {
    const rows = batch * (tokens + each);
    return [rows, twoMarks(rows, Math.max(facts, questions), random)];
  },
};

/** One answer of each `answers` is right. */
function choices(rows, answers, random) {
  const y = new Float32Array(rows * answers);
  for (let row = 0; row < rows; row += 1) y[row * answers + Math.floor(random() * answers)] = 1;
  return y;
}

// Named apart from what the sides define, as a classic worker has one scope.
/** Of 64 · 64 moves 32 are legal, and one of these is right: [batch, 4096] targets, then as many numbers to add to the logits. */
function legalMoves(batch, random) {
  const y = new Float32Array(2 * batch * 4096).fill(0);
  y.fill(-1e9, batch * 4096);
  for (let row = 0; row < batch; row += 1) {
    const legal = Array.from({ length: 32 }, () => row * 4096 + Math.floor(random() * 4096));
    y[legal[0]] = 1;
    for (const move of legal) y[batch * 4096 + move] = 0;
  }
  return y;
}

/** `rows` of `inputs` numbers `x`, targets `y` of `wide` numbers a row, and `layers` of weights and biases. */
self.problem = ({ kind, sizes, batch, answers }) => {
  const random = randoms(1);
  const dense = () => sizes.slice(1).map((to, i) => [sizes[i], to]);
  const look = looks[kind] ?? (() => [batch, numbers(batch * sizes[0], random, 1.7)]);
  const [rows, x] = look(batch, sizes, random);
  const outputs = sizes.at(-1);
  const wide = { judge: outputs, table: answers, transformer: answers, mover: 4096, player: 4096 }[kind] ?? 1;
  const targets = {
    judge: () => choices(batch, outputs, random),
    table: () => choices((batch * outputs) / answers, answers, random),
    transformer: () => choices(batch * sizes[3], answers, random),
    mover: () => legalMoves(batch, random),
    player: () => legalMoves(batch, random),
  };
  const y = (targets[kind] ?? (() => Float32Array.from({ length: batch }, random)))();
  const layers = (shapes[kind] ?? dense)(sizes, answers).map((shape) => ({
    shape,
    weight: numbers(shape.reduce((a, b) => a * b), random, Math.sqrt(6 / shape.slice(0, -1).reduce((a, b) => a * b))),
    bias: new Float32Array(shape.at(-1)),
  }));
  return { rows, inputs: x.length / rows, x, y, wide, layers };
};
