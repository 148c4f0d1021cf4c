// jax-js, on the device that this worker is named after: one jitted function a step. It has no optimiser on npm, so
// Adam is written with its operations, inside the jitted function. Whatever is used twice is `.ref`ed once.
import './problems.js';
import { defaultDevice, grad, init, jit, lax, nn, numpy as np } from './peers/jaxjs/index.js';

const trained = new Map();

const dense = (values, [weight, bias]) => np.matmul(values, weight).add(bias);

const through = (layers, x) => layers.reduce((values, layer, i) => {
  const sums = dense(values, layer);
  return i + 1 < layers.length ? nn.relu(sums) : sums;
}, x);

/** [batch, channels, side, side]; the weights' numbers are taken as [to, from, 3, 3]. */
const convolved = (values, [weight, bias], stride) => {
  const [, , from, to] = weight.shape;
  const filters = weight.reshape([to, from, 3, 3]);
  return lax.convGeneralDilated(values, filters, [stride, stride], [[1, 1], [1, 1]]).add(bias.reshape([1, to, 1, 1]));
};

const pooled = (values) => {
  const [batch, channels, side] = values.shape;
  const places = values.reshape([batch, channels, side * side]);
  return np.concatenate([np.mean(places.ref, 2), np.max(places, 2)], 1);
};

/** What a chess trunk makes of boards [batch, 13, 8, 8]. */
function trunk([first, whole, ...blocks], boards) {
  let values = nn.relu(convolved(boards, first, 1));
  blocks.forEach((block, i) => {
    if (i + 1 === blocks.length) {
      const bias = dense(pooled(values.ref), whole);
      const [batch, channels] = bias.shape;
      values = nn.relu(values.add(bias.reshape([batch, channels, 1, 1])));
    }
    values = nn.relu(values.ref.add(convolved(values, block, 1)));
  });
  return values;
}

/** Squares [batch · 64, channels] to moves [batch, 4096]. */
function moves(layers, squares) {
  const batch = squares.shape[0] / 64;
  const [query, key, from, to] = layers.map((layer) => dense(squares.ref, layer).reshape([batch, 64, -1]));
  squares.dispose();
  const scores = np.matmul(query, np.transpose(key, [0, 2, 1])).add(from).add(np.transpose(to, [0, 2, 1]));
  return scores.reshape([batch, 4096]);
}

/** Rows with mean 0 and variance 1. */
function normalised(rows) {
  const mean = np.mean(rows.ref, 1).reshape([-1, 1]);
  const centred = rows.sub(mean);
  const variance = np.mean(centred.ref.mul(centred.ref), 1).reshape([-1, 1]);
  return centred.div(np.sqrt(variance.add(1e-5)));
}

/** A transformer's block of six layers: rows of `groups` groups look at each other, or at those of a memory. */
function attended(block, states, memory, groups, heads) {
  const width = states.shape[1];
  const byHead = (rows) => np.transpose(rows.reshape([groups, -1, heads, width / heads]), [0, 2, 1, 3]);
  const seen = normalised(states.ref);
  const read = (memory ?? seen).ref;
  const [queries, keys, values] = [seen, read.ref, read].map((rows, i) => byHead(dense(rows, block[i])));
  const near = np.matmul(queries, np.transpose(keys, [0, 1, 3, 2])).mul(Math.sqrt(heads / width));
  const taken = np.transpose(np.matmul(nn.softmax(near, -1), values), [0, 2, 1, 3]).reshape([-1, width]);
  const after = states.add(dense(taken, block[3]));
  return after.ref.add(dense(nn.relu(dense(normalised(after), block[4])), block[5]));
}

/** Mean over the batch of ln(1 + eᶻ) − t·z. */
const binary = (logits, target) => np.mean(nn.softplus(logits.ref).sub(target.mul(logits)));
const chosen = (logits, target) => {
  const rows = logits.shape[0];
  return np.sum(nn.logSoftmax(logits).mul(target)).mul(-1 / rows);
};
const legal = (logits, target) => {
  const batch = logits.shape[0];
  const [right, illegal] = [target.ref.slice([0, batch]), target.slice([batch, 2 * batch])];
  return chosen(logits.add(illegal), right);
};

const losses = {
  head: (layers, x, y) => binary(through(layers, x), y),
  ranker: (layers, x, y) => {
    const scores = through(layers, x);
    const batch = scores.shape[0] / 2;
    const [first, second] = [scores.ref.slice([0, batch]), scores.slice([batch, 2 * batch])];
    return binary(second.sub(first), y);
  },
  judge: (layers, x, y) => chosen(through(layers, x), y),
  table: (layers, x, y) => chosen(through(layers, x).reshape(y.shape), y),
  encoder: (layers, x, y) => {
    const seen = layers.slice(0, -1).reduce((values, layer) => nn.relu(convolved(values, layer, 2)), x.reshape([-1, 1, 28, 28]));
    return binary(dense(pooled(seen), layers.at(-1)), y);
  },
  mover: (layers, x, y) => legal(moves(layers, x), y),
  player: (layers, x, y) => {
    const seen = trunk(layers.slice(0, -4), x.reshape([-1, 13, 8, 8]));
    const [batch, channels] = seen.shape;
    const squares = np.transpose(seen.reshape([batch, channels, 64]), [0, 2, 1]).reshape([batch * 64, channels]);
    return legal(moves(layers.slice(-4), squares), y);
  },
  transformer: (layers, x, y, { sizes: [, , tokens, each, , heads, , reading], batch }) => {
    const [facts, questions] = [x.ref.slice([0, batch * tokens]), x.slice([batch * tokens, batch * (tokens + each)])];
    const blocks = Array.from({ length: (layers.length - 3) / 6 }, (_, i) => layers.slice(2 + 6 * i, 8 + 6 * i));
    const look = (memory) => (states, block) => attended(block, states, memory, batch, heads);
    const memory = normalised(blocks.slice(0, reading).reduce(look(null), dense(facts, layers[0])));
    const asked = blocks.slice(reading).reduce(look(memory), dense(questions, layers[1]));
    memory.dispose();
    return chosen(dense(normalised(asked), layers.at(-1)), y);
  },
};

function adam(value, slope, mean, square, rate, correct) {
  const newMean = mean.mul(0.9).add(slope.ref.mul(0.1));
  const newSquare = square.mul(0.999).add(slope.ref.mul(slope).mul(0.001));
  const length = np.sqrt(newSquare.ref.mul(correct[1])).add(1e-8);
  return [value.sub(newMean.ref.mul(correct[0]).mul(rate).div(length)), newMean, newSquare];
}

function prepare(network) {
  const { kind, rate } = network;
  const { rows, inputs, x, y, wide, layers } = problem(network);
  const [input, target] = [np.array(x).reshape([rows, inputs]), np.array(y).reshape([-1, wide])];
  const flat = layers.flatMap(({ shape, weight, bias }) => [np.array(weight).reshape(shape), np.array(bias)]);
  const zeros = () => flat.map((value) => np.zeros(value.shape));
  const pairs = (list) => layers.map((_, i) => [list[2 * i], list[2 * i + 1]]);
  const update = jit((values, means, squares, first, second, x, y) => {
    const loss = (values) => losses[kind](pairs(values), x.ref, y.ref, network);
    const slopes = grad(loss)(values.map((value) => value.ref));
    x.dispose();
    y.dispose();
    const next = values.map((value, i) => adam(value, slopes[i], means[i], squares[i], rate, [first.ref, second.ref]));
    first.dispose();
    second.dispose();
    return [0, 1, 2].map((part) => next.map((parts) => parts[part]));
  });
  let [state, powers] = [[flat, zeros(), zeros()], [1, 1]];
  return {
    step: () => {
      powers = [powers[0] * 0.9, powers[1] * 0.999];
      const correct = powers.map((power) => np.array(1 / (1 - power)));
      state = update(...state, ...correct, input.ref, target.ref);
    },
    read: () => state[0][0].ref.data(),
  };
}

onmessage = async ({ data: { index, network, steps } }) => {
  try {
    if (!trained.has(index)) trained.set(index, prepare(network));
    const { step, read } = trained.get(index);
    const began = performance.now();
    for (let done = 0; done < steps; done += 1) step();
    await read();
    postMessage({ ms: (performance.now() - began) / steps });
  } catch (error) {
    postMessage({ failed: String(error.message ?? error) });
  }
};

try {
  const there = await init(self.name);
  if (!there.includes(self.name)) throw new Error(`no device ${self.name}`);
  defaultDevice(self.name);
  postMessage({ ready: self.name });
} catch (error) {
  postMessage({ failed: String(error.message ?? error) });
}
