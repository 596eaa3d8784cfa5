import type { Engine } from "@tacit/shared";
import { filmWorld } from "../environments/film-log.js";
import type { EngineChoice } from "../population/engine-choice.js";
import { ARM_KINDS } from "../scenario/arm.js";
import type { Scenario } from "../scenario/scenario.js";
import { refuseOwnBudget } from "../task-defaults/own-budget.js";
import { mergedOverrides } from "../task-defaults/task-overrides.js";
import { columnsOfFilms } from "../virtual/columns/columns-of-films.js";
import { partOf } from "../virtual/columns/population.js";
import { unpackHistory } from "../virtual/columns/unpack-client.js";
import { openDataset } from "../virtual/run/open-source.js";
import { prepareRun, type RunOptions } from "../virtual/run/prepare-run.js";
import { playRanking, type RankingArm } from "./play-ranking.js";

export interface RankingOptions {
  readonly population: Omit<RunOptions, "seed" | "epsilon" | "privacy" | "path" | "engine">;
  /** Clients that every arm is judged on, and the local-only arm is trained for. */
  readonly users: number;
  readonly engine: Engine;
  /** By which the workers find the same one. */
  readonly engineChoice: EngineChoice;
  readonly workers: number;
}

const ARMS: readonly RankingArm["kind"][] = ARM_KINDS.filter(
  (kind) => kind !== "baseline" && kind !== "oracle",
);

/** Histories that are there, of films' people or of a data set: judged by where each held-out item is ranked. */
export async function rankingScenario(options: RankingOptions): Promise<Scenario> {
  const { population: about, users, engine } = options;
  const { source, clients: most } = about;
  // Long to read and to pack, and the same for every trial.
  const dataset = source === "movies" ? undefined : await openDataset(source, { ...about, most });
  return {
    arms: ARMS,
    users,
    async prepare({ arm, seed, overrides }) {
      if (arm.kind === "baseline") throw new RangeError(`people of histories have no baseline ${arm.name}`);
      if (arm.kind === "oracle") throw new RangeError("nobody knows what the people of a history would do");
      // What does not federate has no price: it is prepared like a federation without noise.
      const epsilon = arm.kind === "federated" ? arm.epsilon : undefined;
      const merged = mergedOverrides([about.overrides ?? {}, overrides]);
      refuseOwnBudget(merged);
      const run: RunOptions = {
        ...about,
        overrides: merged,
        seed,
        ...(epsilon === undefined ? { epsilon: 1, privacy: false } : { epsilon, privacy: "distributed" }),
        path: "fast",
        engine: engine.name,
      };
      const prepared = await prepareRun(run, dataset);
      const { spec, catalogue, population } = prepared;
      return {
        spec,
        catalogue,
        sampleHistory() {
          const columns =
            population.kind === "films"
              ? columnsOfFilms(filmWorld(), population.people, 0, 1)
              : partOf(population.population, 0);
          return unpackHistory(columns, catalogue.ids, 0);
        },
        play: (playing) => playRanking(arm, { ...options, ...playing, prepared }),
      };
    },
  };
}
