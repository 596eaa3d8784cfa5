import type { TaskSpec } from "../task/task-spec.js";

/** The histogram's place in an update. */
export interface PriorSpan {
  readonly first: number;
  readonly length: number;
  /** Of the clip: its L2 length. */
  readonly share: number;
}

/** The last block of a task's network, and so of an update of this length. */
export const priorSpan = (prior: TaskSpec["model"]["prior"], updateLength: number): PriorSpan | undefined =>
  prior && { first: updateLength - prior.buckets, length: prior.buckets, share: prior.share };

/** The part of parameters, of an update or of a mean of updates, restricted or whole, that is trained. */
export const trainedPart = (
  vector: Float32Array,
  prior: Pick<PriorSpan, "length"> | undefined,
): Float32Array => (prior ? vector.subarray(0, vector.length - prior.length) : vector);
