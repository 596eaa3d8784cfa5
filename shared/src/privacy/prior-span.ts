import type { TaskSpec } from "../task/task-spec.js";

/** The histogram's place in an update. */
export interface PriorSpan {
  readonly first: number;
  readonly length: number;
  /** Of the clip: its L2 length. */
  readonly share: number;
}

/** The last block of a task's network, whose length is `parameters`. */
export const priorSpan = (prior: TaskSpec["model"]["prior"], parameters: number): PriorSpan | undefined =>
  prior && { first: parameters - prior.buckets, length: prior.buckets, share: prior.share };

/** The part of an update, or of a mean of updates, that was trained. */
export const trainedPart = (vector: Float32Array, prior: PriorSpan | undefined): Float32Array =>
  prior ? vector.subarray(0, prior.first) : vector;
