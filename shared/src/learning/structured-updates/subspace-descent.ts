import type { CompiledNetwork } from "../../network/engine.js";
import { applyOptimiser } from "../../network/optimisers/apply-optimiser.js";
import type { Optimiser } from "../../network/optimisers/optimiser.js";
import type { Subspace } from "./subspace.js";

/**
 * Trains w(z) = received + spread(z) in its k coordinates z from 0, as if they were all that the network has: by the chain
 * rule ∂L/∂z is the restricted gradient, and the optimiser sees and remembers nothing else. Returns one step.
 */
export function subspaceDescent(
  compiled: CompiledNetwork,
  { length, restrict, spread }: Subspace,
  optimiser: Optimiser,
  received: Float32Array,
): () => void {
  const state = {
    parameters: new Float64Array(length),
    gradient: new Float64Array(length),
    first: new Float64Array(length),
    second: new Float64Array(length),
  };
  const gradient = new Float32Array(received.length);
  let step = 0;
  return () => {
    compiled.parameterGradient(gradient);
    state.gradient.set(restrict(gradient));
    applyOptimiser(optimiser, [state], ++step);
    compiled.load(spread(Float32Array.from(state.parameters)).map((value, i) => value + (received[i] ?? 0)));
  };
}
