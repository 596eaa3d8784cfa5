import type { TaskSpec } from "@tacit/shared";
import { fedAdam } from "./fedadam.js";
import { fedAvg } from "./fedavg.js";
import { fedAvgM } from "./fedavgm.js";
import { fedYogi } from "./fedyogi.js";
import type { ServerOptimiser } from "./server-optimiser.js";

const OPTIMISERS = { fedavg: fedAvg, fedavgm: fedAvgM, fedadam: fedAdam, fedyogi: fedYogi };

/** The optimiser that the task names. */
export function createOptimiser(
  aggregation: Omit<TaskSpec["aggregation"], "combine" | "byzantineFraction">,
): ServerOptimiser {
  return OPTIMISERS[aggregation.optimiser](aggregation);
}
