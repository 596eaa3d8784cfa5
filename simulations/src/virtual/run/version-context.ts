import { createOptimiser } from "@tacit/server";
import type { Crew } from "../crew/crew.js";
import { openingPlan } from "../round/cohort-noise.js";
import type { RoundSpec } from "../round/round-spec.js";
import type { Stopwatch } from "../round/stopwatch.js";
import type { VersionContext } from "./play-version.js";
import type { RunPhase } from "./run-phase.js";
import { limitOf } from "./run-plan.js";
import type { TrainingSpec } from "./run-spec.js";

/** What every version of a run is played with. */
export function versionContext(
  spec: TrainingSpec,
  round: RoundSpec,
  crew: Crew,
  stopwatch: Stopwatch<RunPhase>,
  signal: AbortSignal,
): VersionContext {
  const { task, taskHash, plan, standsFor } = round;
  return {
    spec: round,
    clock: spec.clock,
    aggregation: {
      task,
      taskHash,
      plan: openingPlan(plan, standsFor),
      optimiser: createOptimiser(task.aggregation),
    },
    limit: limitOf(spec),
    clients: crew.population.clients,
    crew,
    stopwatch,
    signal,
  };
}
