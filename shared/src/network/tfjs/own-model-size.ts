import type * as Tf from "@tensorflow/tfjs";

/** Of one layer's output for one state, with so many candidates. */
const MOST_CELLS = 4_194_304;
/** Of all outputs together, which the gradient keeps. */
const MOST_CELLS_TOGETHER = 8_388_608;
const MANY_CANDIDATES = 1024;
/** Of a recurrent layer: they are taken one by one, and the gradient keeps each. */
const MOST_RECURRENT_STEPS = 1024;
const MOST_RECURRENT_STEPS_TOGETHER = 4096;
/** Of all Dot layers together for one state: no number of weights bounds them. */
const MOST_PRODUCTS = 134_217_728;

/**
 * What a model asks of a device, by the shapes of its calls, before any of them is computed.
 *
 * @throws Error saying which bound of docs/own-model.md is exceeded.
 */
export function checkOwnModelSize(tf: typeof Tf, layers: readonly Tf.layers.Layer[]): void {
  let [cells, products, steps] = [0, 0, 0];
  for (const layer of layers) {
    for (const { inputShapes, outputShapes } of layer.inboundNodes) {
      const [inputs, outputs] = [axesOf(inputShapes), axesOf(outputShapes)];
      const made = outputs.map(cellsOf);
      if (!made.every((output) => output <= MOST_CELLS))
        throw new Error(`${layer.name}: its output is too large`);
      cells += made.reduce((sum, output) => sum + output, 0);
      if (layer instanceof tf.RNN) steps += stepsOf(layer.name, inputs);
      if (layer.getClassName() === "Dot") products += productsOf(inputs, outputs);
    }
  }
  if (!(cells <= MOST_CELLS_TOGETHER)) throw new Error("the outputs of its layers are too large together");
  if (steps > MOST_RECURRENT_STEPS_TOGETHER)
    throw new Error("its recurrent layers have too many steps to take together");
  if (!(products <= MOST_PRODUCTS)) throw new Error("its Dot layers multiply too often together");
}

/** The lengths of an output's or input's axes but the batch's. TensorFlow.js keeps a list of shapes, one an input or output. */
function axesOf(shapes: readonly unknown[]): number[][] {
  return shapes.flatMap((shape) => (Array.isArray(shape) ? [shape.slice(1).map(wide)] : []));
}

const wide = (length: unknown): number =>
  typeof length === "number" && length >= 0 ? length : MANY_CANDIDATES;

const cellsOf = (axes: readonly number[]): number => axes.reduce((product, length) => product * length, 1);

/** Of a × n and n × b cells, which make a × b, the n a b products: whichever axis it is that they share. */
const productsOf = (inputs: readonly number[][], outputs: readonly number[][]): number =>
  Math.sqrt([...inputs, ...outputs].reduce((product, axes) => product * cellsOf(axes), 1));

function stepsOf(layer: string, [[steps = 0] = []]: readonly number[][]): number {
  if (steps > MOST_RECURRENT_STEPS)
    throw new Error(`${layer}: has more than ${MOST_RECURRENT_STEPS} steps to take`);
  return steps;
}
