// jax-js, on the device that this worker is named after: one jitted function a step. It has no optimiser on npm, so
// Adam is written with its operations, inside the jitted function. Whatever is used twice is `.ref`ed once.
import './problems.js';
import { defaultDevice, grad, init, jit, nn, numpy as np } from './peers/jaxjs/index.js';

const trained = new Map();

const forward = (layers, x) => layers.reduce((values, [weight, bias], i) => {
  const sums = np.matmul(values, weight).add(bias);
  return i + 1 < layers.length ? nn.relu(sums) : sums;
}, x);

/** Mean over the batch of ln(1 + eᶻ) − t·z. */
const binary = (logits, target) => np.mean(nn.softplus(logits.ref).sub(target.mul(logits)));

const losses = {
  head: (layers, x, y) => binary(forward(layers, x), y),
  ranker: (layers, x, y) => {
    const scores = forward(layers, x);
    const batch = scores.shape[0] / 2;
    const [first, second] = [scores.ref.slice([0, batch]), scores.slice([batch, 2 * batch])];
    return binary(second.sub(first), y);
  },
  judge: (layers, x, y) => np.sum(nn.logSoftmax(forward(layers, x)).mul(y)).mul(-1 / x.shape[0]),
};

function adam(value, slope, mean, square, rate, correct) {
  const newMean = mean.mul(0.9).add(slope.ref.mul(0.1));
  const newSquare = square.mul(0.999).add(slope.ref.mul(slope).mul(0.001));
  const length = np.sqrt(newSquare.ref.mul(correct[1])).add(1e-8);
  return [value.sub(newMean.ref.mul(correct[0]).mul(rate).div(length)), newMean, newSquare];
}

function prepare({ kind, sizes, batch, rate }) {
  const { rows, inputs, outputs, x, y, layers } = problem({ kind, sizes, batch });
  const [input, target] = [np.array(x).reshape([rows, inputs]), np.array(y).reshape([batch, outputs])];
  const flat = layers.flatMap(({ shape, weight, bias }) => [np.array(weight).reshape(shape), np.array(bias)]);
  const zeros = () => flat.map((value) => np.zeros(value.shape));
  const pairs = (list) => layers.map((_, i) => [list[2 * i], list[2 * i + 1]]);
  const update = jit((values, means, squares, first, second, x, y) => {
    const loss = (values) => losses[kind](pairs(values), x.ref, y.ref);
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
