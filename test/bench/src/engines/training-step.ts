import {
  type CompiledNetwork,
  drawParameters,
  type Engine,
  type Network,
  type Optimiser,
  seededRandom,
} from "@tacit/shared";
import { STATES, WIDE } from "./networks.js";

const COUNTS = { states: STATES, candidates: 1 };

/** A network with random inputs, every event there, ready to train. */
export function compileFor(engine: Engine, network: Network, optimiser?: Optimiser): CompiledNetwork {
  const capacity = { states: STATES, candidates: STATES };
  const compiled = engine.compile(network, capacity, optimiser);
  compiled.load(drawParameters(network, 1));
  const random = seededRandom(2);
  for (const tensor of network.tensors.filter(({ differentiable }) => !differentiable)) {
    const { cells, stride } = compiled.values(tensor);
    for (let i = 0; i < cells.length; i++) {
      if (i % stride < tensor.columns) cells[i] = tensor.name === "mask" ? 1 : 0.1 * random.normal();
    }
  }
  for (const indices of network.indices.filter(({ name }) => name !== "taken")) {
    const cells = compiled.indices(indices);
    for (let i = 0; i < cells.length; i++) cells[i] = random.integer(WIDE.columns);
  }
  return compiled;
}

/** Forward, backward and a step of the optimiser, for the mean of all outputs. */
export function trainingStep(compiled: CompiledNetwork): () => void {
  const gradients = compiled.network.outputs.map((output) => compiled.gradients(output).cells);
  const objective = () => {
    for (const cells of gradients) cells.fill(1 / STATES, 0, STATES);
  };
  return () => {
    compiled.gradient(COUNTS, objective);
    compiled.update();
  };
}

export function forwardPass(compiled: CompiledNetwork): () => void {
  return () => compiled.forward(COUNTS);
}
