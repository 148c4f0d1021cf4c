// TensorFlow.js, on the backend that this worker is named after: its own Adam, its own losses.
importScripts('problems.js', ...['tf', 'tf-backend-wasm', 'tf-backend-webgpu'].map((part) => `peers/tfjs/${part}.min.js`));

/** What goes in, and a function that takes one step, by network. */
const trained = new Map();

function prepare({ kind, sizes, batch, rate }) {
  const { rows, inputs, outputs, x, y, layers } = problem({ kind, sizes, batch });
  const [input, target] = [tf.tensor2d(x, [rows, inputs]), tf.tensor2d(y, [batch, outputs])];
  const weights = layers.map(({ shape, weight, bias }) => [tf.variable(tf.tensor2d(weight, shape)), tf.variable(tf.tensor1d(bias))]);
  const forward = () => weights.reduce((values, [weight, bias], i) => {
    const sums = tf.add(tf.matMul(values, weight), bias);
    return i + 1 < weights.length ? tf.relu(sums) : sums;
  }, input);
  const losses = {
    head: () => tf.losses.sigmoidCrossEntropy(target, forward()),
    ranker: () => {
      const [first, second] = tf.split(forward(), 2);
      return tf.losses.sigmoidCrossEntropy(target, tf.sub(second, first));
    },
    judge: () => tf.losses.softmaxCrossEntropy(target, forward()),
  };
  const adam = tf.train.adam(rate, 0.9, 0.999, 1e-8);
  return { step: () => adam.minimize(losses[kind]), read: () => weights[0][0].data() };
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
