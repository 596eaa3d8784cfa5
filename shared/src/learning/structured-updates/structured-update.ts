import type { CompiledNetwork } from "../../network/engine.js";
import type { TaskSpec } from "../../task/task-spec.js";
import { optimiserOf } from "../optimiser-of.js";
import { lowRank } from "./low-rank.js";
import { randomMask } from "./random-mask.js";
import type { Subspace } from "./subspace.js";
import { subspaceDescent } from "./subspace-descent.js";
import type { Block } from "./update-length.js";

/** The subspace of updates that are made from one version, and how a client trains in it. */
export interface StructuredUpdate extends Subspace {
  /** Steps along a compiled network's last gradient, in place of its own, from these parameters on. */
  descend(compiled: CompiledNetwork, received: Float32Array): () => void;
}

interface TrainedFrom {
  readonly task: TaskSpec;
  readonly taskHash: string;
  readonly modelVersion: number;
}

/**
 * What `learning.update` leaves of updates from this version; undefined where they are whole. Drawn from what is public, so
 * that clients and coordinator have the same with nothing sent, and before anybody's data are looked at.
 * @param blocks of the task's network (`parameterBlocks`).
 */
export function structuredUpdate(
  { task, taskHash, modelVersion }: TrainedFrom,
  blocks: readonly Block[],
): StructuredUpdate | undefined {
  const { update } = task.learning;
  if (!update || update.kind === "full") return undefined;
  const seed = update.redraw ? `${taskHash}/${modelVersion}` : taskHash;
  const subspace =
    update.kind === "random-mask"
      ? randomMask(blocks, update.share, seed)
      : lowRank(blocks, update.rank, seed);
  return {
    ...subspace,
    descend: (compiled, received) => subspaceDescent(compiled, subspace, optimiserOf(task), received),
  };
}
