/** One step of the coordinator: pure, and all its memory is in `state`. */
export interface ServerOptimiser {
  /**
   * @param parameters the current version.
   * @param mean the mean of the cohort's updates, a direction to move in (not a gradient to move against).
   * @param state what the last step returned; empty before the first.
   */
  step(parameters: Float32Array, mean: Float32Array, state: Float32Array): OptimiserStep;
}

interface OptimiserStep {
  readonly parameters: Float32Array;
  readonly state: Float32Array;
}
