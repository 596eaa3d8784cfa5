import { inSteps } from "../in-steps.js";
import type { TrialOptions } from "../scenario/scenario.js";
import { type CentralTrainingOptions, centralTraining } from "./centralised.js";

/**
 * {@link centralTraining} with pauses, in which the process hears its signals. Tells of each round that begins.
 * @throws the signal's reason once it is aborted.
 */
export function trainCentrallyInSteps({
  signal,
  progress,
  historiesOf,
  ...options
}: CentralTrainingOptions & TrialOptions): Promise<Float32Array> {
  const { rounds } = options.task;
  const told = (round: number) => {
    progress(round, rounds, `round ${round}/${rounds}`);
    return historiesOf(round);
  };
  return inSteps(centralTraining({ ...options, historiesOf: told }), signal, () => {});
}
