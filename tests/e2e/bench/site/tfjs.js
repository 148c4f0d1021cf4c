// TensorFlow.js, on the backend that this worker is named after: its own Adam, its own losses.
importScripts('problems.js', ...['tf', 'tf-backend-wasm', 'tf-backend-webgpu'].map((part) => `peers/tfjs/${part}.min.js`));

/** What goes in, and a function that takes one step, by network. */
const trained = new Map();

const dense = (values, [weight, bias]) => tf.add(tf.matMul(values, weight), bias);
const convolved = (values, [weight, bias], stride) => tf.add(tf.conv2d(values, weight, stride, 'same'), bias);
const pooled = (values) => tf.concat([tf.mean(values, [1, 2]), tf.max(values, [1, 2])], 1);

const through = (layers, x) => layers.reduce((values, layer, i) => {
  const sums = dense(values, layer);
  return i + 1 < layers.length ? tf.relu(sums) : sums;
}, x);

/** What a chess trunk makes of boards [batch, 8, 8, 13]. */
function trunk([first, whole, ...blocks], boards) {
  let values = tf.relu(convolved(boards, first, 1));
  blocks.forEach((block, i) => {
    if (i + 1 === blocks.length) {
      const bias = dense(pooled(values), whole);
      values = tf.relu(tf.add(values, tf.reshape(bias, [bias.shape[0], 1, 1, bias.shape[1]])));
    }
    values = tf.relu(tf.add(values, convolved(values, block, 1)));
  });
  return values;
}

/** Squares [batch · 64, channels] to moves [batch, 4096]. */
function moves(layers, squares) {
  const batch = squares.shape[0] / 64;
  const [query, key, from, to] = layers.map((layer) => tf.reshape(dense(squares, layer), [batch, 64, -1]));
  const scores = tf.add(tf.add(tf.matMul(query, key, false, true), from), tf.transpose(to, [0, 2, 1]));
  return tf.reshape(scores, [batch, 4096]);
}

const chosen = (scores, target) => {
  const [right, illegal] = tf.split(target, 2);
  return tf.losses.softmaxCrossEntropy(right, tf.add(scores, illegal));
};

/** Rows with mean 0 and variance 1. */
function normalised(rows) {
  const { mean, variance } = tf.moments(rows, 1, true);
  return tf.div(tf.sub(rows, mean), tf.sqrt(tf.add(variance, 1e-5)));
}

/** A transformer's block of six layers: rows of `groups` groups look at each other, or at those of a memory. */
function attended(block, states, memory, groups, heads) {
  const width = states.shape[1];
  const byHead = (rows) => tf.transpose(tf.reshape(rows, [groups, -1, heads, width / heads]), [0, 2, 1, 3]);
  const seen = normalised(states);
  const read = memory ?? seen;
  const [queries, keys, values] = [seen, read, read].map((rows, i) => byHead(dense(rows, block[i])));
  const shares = tf.softmax(tf.mul(tf.matMul(queries, keys, false, true), Math.sqrt(heads / width)));
  const taken = tf.reshape(tf.transpose(tf.matMul(shares, values), [0, 2, 1, 3]), [-1, width]);
  const after = tf.add(states, dense(taken, block[3]));
  return tf.add(after, dense(tf.relu(dense(normalised(after), block[4])), block[5]));
}

const losses = {
  head: (layers, x, y) => tf.losses.sigmoidCrossEntropy(y, through(layers, x)),
  ranker: (layers, x, y) => {
    const [first, second] = tf.split(through(layers, x), 2);
    return tf.losses.sigmoidCrossEntropy(y, tf.sub(second, first));
  },
  judge: (layers, x, y) => tf.losses.softmaxCrossEntropy(y, through(layers, x)),
  table: (layers, x, y) => tf.losses.softmaxCrossEntropy(y, tf.reshape(through(layers, x), y.shape)),
  encoder: (layers, x, y) => {
    const seen = layers.slice(0, -1).reduce((values, layer) => tf.relu(convolved(values, layer, 2)), tf.reshape(x, [-1, 28, 28, 1]));
    return tf.losses.sigmoidCrossEntropy(y, dense(pooled(seen), layers.at(-1)));
  },
  mover: (layers, x, y) => chosen(moves(layers, x), y),
  player: (layers, x, y) => {
    const seen = trunk(layers.slice(0, -4), tf.reshape(x, [-1, 8, 8, 13]));
    return chosen(moves(layers.slice(-4), tf.reshape(seen, [-1, seen.shape[3]])), y);
  },
  transformer: (layers, x, y, { sizes: [, , tokens, each, , heads, , reading], batch }) => {
    const [facts, questions] = tf.split(x, [batch * tokens, batch * each]);
    const blocks = Array.from({ length: (layers.length - 3) / 6 }, (_, i) => layers.slice(2 + 6 * i, 8 + 6 * i));
    const look = (memory) => (states, block) => attended(block, states, memory, batch, heads);
    const memory = normalised(blocks.slice(0, reading).reduce(look(null), dense(facts, layers[0])));
    const asked = blocks.slice(reading).reduce(look(memory), dense(questions, layers[1]));
    return tf.losses.softmaxCrossEntropy(y, dense(normalised(asked), layers.at(-1)));
  },
};

function prepare(network) {
  const { rows, inputs, x, y, wide, layers } = problem(network);
  const [input, target] = [tf.tensor2d(x, [rows, inputs]), tf.tensor2d(y, [y.length / wide, wide])];
  const weights = layers.map(({ shape, weight, bias }) => [tf.variable(tf.tensor(weight, shape)), tf.variable(tf.tensor1d(bias))]);
  const adam = tf.train.adam(network.rate, 0.9, 0.999, 1e-8);
  return { step: () => adam.minimize(() => losses[network.kind](weights, input, target, network)), read: () => weights[0][0].data() };
}

onmessage = async ({ data: { index, network, steps } }) => {
  try {
    if (!trained.has(index)) trained.set(index, prepare(network));
    const { step, read } = trained.get(index);
    const began = performance.now();
    for (let done = 0; done < steps; done += 1) step();
    // A GPU has done nothing until a number is read.
    await read();
    postMessage({ ms: (performance.now() - began) / steps });
  } catch (error) {
    postMessage({ failed: String(error.message ?? error) });
  }
};

(async () => {
  try {
    tf.wasm.setWasmPaths(new URL('peers/tfjs/', location.href).href);
    if (!(await tf.setBackend(self.name))) throw new Error(`no backend ${self.name}`);
    await tf.ready();
    postMessage({ ready: tf.getBackend() });
  } catch (error) {
    postMessage({ failed: String(error.message ?? error) });
  }
})();
