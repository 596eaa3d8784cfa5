import type { Engine, NetworkInputs, NetworkOutputs, OutputGradients } from "./engine.js";
import { networkLayout } from "./network-layout.js";
import type { NetworkShape } from "./network-shape.js";
import type { Pass } from "./reference/pass.js";
import { type PolicyTrace, policyHead, policyHeadBackward } from "./reference/policy-head.js";
import { Scratch } from "./reference/scratch.js";
import { type EncodedStates, encodeStates, encodeStatesBackward } from "./reference/state-encoder.js";
import { type ValueTrace, valueHead, valueHeadBackward } from "./reference/value-head.js";

interface Trace {
  readonly encoded: EncodedStates;
  readonly policy: PolicyTrace;
  readonly value: ValueTrace;
}

const idle: Scratch[] = [];

/** Lends a scratch of its own to each call, so that an objective may itself use the engine. */
function withScratch<T>(use: (scratch: Scratch) => T): T {
  const scratch = idle.pop() ?? new Scratch();
  try {
    return use(scratch);
  } finally {
    idle.push(scratch);
  }
}

/** The network in plain TypeScript and double precision: what the other engines are held to, and no dependency. */
export const referenceEngine: Engine = {
  name: "reference",
  forward: (shape, parameters, inputs) =>
    withScratch((scratch) => outputsOf(inputs, forward(passOf(shape, parameters, inputs, scratch)))),
  gradient: (shape, parameters, inputs, objective) =>
    withScratch((scratch) => {
      const pass = passOf(shape, parameters, inputs, scratch);
      const trace = forward(pass);
      const outputs = outputsOf(inputs, trace);
      const gradient = scratch.zeros("gradient", parameters.length);
      backward(pass, trace, objective(outputs), gradient);
      return { outputs, gradient: Float32Array.from(gradient.subarray(0, parameters.length)) };
    }),
};

function passOf(
  shape: NetworkShape,
  parameters: Float32Array,
  inputs: NetworkInputs,
  scratch: Scratch,
): Pass {
  const weights = scratch.zeros("weights", parameters.length);
  weights.set(parameters);
  return { shape, layout: networkLayout(shape), inputs, weights, scratch };
}

function forward(pass: Pass): Trace {
  const encoded = encodeStates(pass);
  return { encoded, policy: policyHead(pass, encoded), value: valueHead(pass, encoded) };
}

function outputsOf({ rows, candidateCount }: NetworkInputs, { policy, value }: Trace): NetworkOutputs {
  return {
    logits: new Float32Array(policy.logits.subarray(0, rows * candidateCount)),
    values: new Float32Array(value.values.subarray(0, rows)),
  };
}

function backward(pass: Pass, trace: Trace, given: OutputGradients, gradient: Float64Array): void {
  const { shape, inputs, scratch } = pass;
  const dState = scratch.zeros("dState", inputs.rows * 2 * shape.embedding);
  const dMean = scratch.zeros("dMean", inputs.rows * shape.embedding);
  const dLogits = scratch.zeros("dLogits", given.logits.length);
  const dValues = scratch.zeros("dValues", given.values.length);
  dLogits.set(given.logits);
  dValues.set(given.values);
  policyHeadBackward(pass, trace.encoded, trace.policy, dLogits, dState, dMean, gradient);
  valueHeadBackward(pass, trace.encoded, trace.value, dValues, dState, gradient);
  encodeStatesBackward(pass, trace.encoded, dState, dMean, gradient);
}
