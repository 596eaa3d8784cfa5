import type * as Tf from "@tensorflow/tfjs";
import { layersProblems } from "../../task/layers-problems.js";
import { parseTopology } from "../../task/layers-topology.js";
import type { LayersModelStep } from "../layers/layers-model.js";
import { OwnModel, type OwnModelParts, ownInputs } from "./own-model.js";
import { ownModelConfig } from "./own-model-config.js";
import { checkOwnModelSize } from "./own-model-size.js";

export type BuiltOwnModel =
  | { readonly ok: true; readonly model: OwnModel }
  | { readonly ok: false; readonly message: string };

const LONGEST_MESSAGE = 500;

/** Builds a task's own model, and tries it once: what is wrong with it is a message, and leaves no memory taken. */
export function buildOwnModel(tf: typeof Tf, step: LayersModelStep, historyLength: number): BuiltOwnModel {
  const [problem] = layersProblems(step.spec);
  if (problem) return { ok: false, message: `${problem.field}: ${problem.message}` };
  const parsed = parseTopology(step.spec.topology);
  if (!parsed.ok) return parsed;
  const before = new Set(Object.keys(tf.engine().state.registeredVariables));
  tf.engine().startScope("own model");
  try {
    const parameters = step.weights.reduce((sum, { rows, columns }) => sum + rows * columns, 0);
    const config = ownModelConfig(tf, parsed.topology, parameters);
    const whole = tf.LayersModel.fromConfig<Tf.LayersModel>(tf.LayersModel, config);
    const model = new OwnModel(tf, partsOf(tf, whole, step, historyLength));
    attempt(tf, model, step, historyLength);
    return { ok: true, model };
  } catch (error) {
    for (const [name, variable] of Object.entries(tf.engine().state.registeredVariables)) {
      if (!before.has(name)) variable.dispose();
    }
    const message = error instanceof Error ? error.message : String(error);
    return { ok: false, message: `model.layers: ${message}`.slice(0, LONGEST_MESSAGE) };
  } finally {
    tf.engine().endScope();
  }
}

/** @throws Error saying which part of the contract of docs/own-model.md is broken. */
function partsOf(
  tf: typeof Tf,
  whole: Tf.LayersModel,
  { inputs, spec }: LayersModelStep,
  historyLength: number,
): OwnModelParts {
  const known = ownInputs(inputs, historyLength);
  for (const [i, { shape }] of whole.inputs.entries()) {
    const name = whole.inputNames[i] ?? "";
    const expected = known.get(name)?.shape;
    if (!expected) throw new Error(`"${name}" is no input; there are ${[...known.keys()].join(", ")}`);
    const fits = shape.length === expected.length && shape.every((length, axis) => length === expected[axis]);
    if (!fits) throw new Error(`input "${name}" has shape [${shape}], not [${expected}] (empty: any)`);
  }
  if (whole.outputNames.toSorted().join() !== "logits,values") {
    throw new Error(`its outputs are ${whole.outputNames.join(", ")}, not logits, values`);
  }
  checkOwnModelSize(tf, whole.layers);
  const values = whole.outputs.find((_, i) => whole.outputNames[i] === "values");
  return {
    whole,
    values: tf.model({
      inputs: whole.inputs.filter((_, i) => whole.inputNames[i] !== "candidates"),
      outputs: values ?? [],
    }),
    variables: variablesOf(tf, whole, spec),
  };
}

function variablesOf(
  tf: typeof Tf,
  { weights }: Tf.LayersModel,
  spec: LayersModelStep["spec"],
): readonly Tf.Variable[] {
  const byName = new Map(weights.map((weight) => [weight.originalName, weight.read()]));
  for (const name of byName.keys()) {
    if (!spec.weights.some((stated) => stated.name === name))
      throw new Error(`weights: "${name}" is not stated`);
  }
  return spec.weights.map(({ name, shape }) => {
    const variable = byName.get(name);
    if (!(variable instanceof tf.Variable)) throw new Error(`weights: no layer has "${name}"`);
    if (variable.shape.join() !== shape.join()) {
      throw new Error(`weights: "${name}" has shape [${variable.shape}], not [${shape}]`);
    }
    return variable;
  });
}

/** Two states, three candidates: some things come to light only when a model is run, forward and backward. */
function attempt(tf: typeof Tf, model: OwnModel, { inputs }: LayersModelStep, historyLength: number): void {
  const [B, C] = [2, 3];
  const known = ownInputs(inputs, historyLength);
  const zeros = (name: string) =>
    tf.zeros((known.get(name)?.shape ?? []).map((length, axis) => length ?? (axis === 0 ? B : C)));
  model.run(zeros, 0);
  tf.variableGrads(() => {
    const outputs = model.run(zeros, C);
    const logits = shaped(outputs, "logits", [`${B},${C}`, `${B},${C},1`]);
    return tf.add(tf.sum(logits), tf.sum(shaped(outputs, "values", [`${B},1`]))).asScalar();
  }, [...model.variables]);
}

function shaped(outputs: ReadonlyMap<string, Tf.Tensor>, name: string, shapes: readonly string[]): Tf.Tensor {
  const output = outputs.get(name);
  if (output && shapes.includes(output.shape.join())) return output;
  throw new Error(
    `output "${name}" has shape [${output?.shape}], not [${shapes[0]}], for 2 states of 3 candidates`,
  );
}
