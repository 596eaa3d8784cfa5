import { createCatalogue, type Interaction, referenceEngine, type TaskSpecInput } from "@tacit/shared";
import { history, items, smallTask } from "../../../../test/support/small-population.js";
import type { LiveArm } from "../../../src/live/arms/arm.js";
import { CLOCK } from "../../support/clock.js";

/** What people did, two for each place in a cohort of {@link smallSetting}. */
export const LOGS: readonly (readonly Interaction[])[] = Array.from({ length: 8 }, (_, person) =>
  history(person),
);

/** What an arm learns with, of a task whose scores are told by what its policy shows. */
export function smallSetting(changes: Partial<TaskSpecInput> = {}) {
  const task = smallTask({ exploration: { kind: "boltzmann" }, ...changes });
  return {
    spec: { task, private: false, path: "fast", clock: CLOCK, seed: 3 },
    task,
    catalogue: createCatalogue(task.catalogue.features, items),
    engine: referenceEngine,
    engineChoice: "reference",
    workers: 1,
    generations: 1,
    judge: () => 0,
    signal: new AbortController().signal,
    progress: () => {},
  } satisfies Parameters<LiveArm>[0];
}
