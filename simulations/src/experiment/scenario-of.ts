import type { Command } from "commander";
import { liveEnvironment } from "../environments/live-environments.js";
import type { LiveCommandOptions } from "../live/live-options.js";
import { liveScenario } from "../live/live-scenario.js";
import { chooseEngine } from "../population/engine-choice.js";
import { rankingScenario } from "../ranking/ranking-scenario.js";
import { RefusedError } from "../refused-error.js";
import type { Scenario } from "../scenario/scenario.js";
import { type PopulationOptions, populationOf } from "../virtual/run/population-options.js";
import { SIZES } from "../virtual/run/population-sizes.js";

export interface ScenarioOptions extends PopulationOptions, LiveCommandOptions {
  readonly users?: number;
  readonly workers: number;
}

/** Options that say nothing of the other kind of people. */
const OF_MOVIES = ["interactions"];
const OF_DATASETS = ["format", "implicit", "itemIds", "validation", "newItems", "replicas"];
const OF_LIVES = ["logged", "visits", "generations"];

/**
 * A live environment by its name; otherwise the movies, or a data set by its path.
 * @throws RefusedError for options that do not go with it, or a data set that cannot be read.
 */
export async function scenarioOf(
  source: string,
  options: ScenarioOptions,
  command: Command,
): Promise<Scenario> {
  const environment = liveEnvironment(source);
  refuseForeign(command, source);
  const sizes = environment ? SIZES.live : SIZES.histories;
  const population = await populationOf(source, options, sizes);
  const computing = {
    engine: await chooseEngine(options.engine),
    engineChoice: options.engine,
    workers: options.workers,
  };
  return environment
    ? liveScenario({
        ...options,
        ...population,
        ...computing,
        environment,
        users: options.users ?? Math.min(sizes.users, population.clients),
      })
    : rankingScenario({ ...computing, population, users: options.users ?? sizes.users });
}

/** @throws RefusedError for options that only another kind of people has. */
export function refuseForeign(command: Command, source: string): void {
  if (liveEnvironment(source)) refuseGiven(command, [...OF_MOVIES, ...OF_DATASETS], source);
  else refuseGiven(command, [...OF_LIVES, ...(source === "movies" ? OF_DATASETS : OF_MOVIES)], source);
}

/** Of a run without noise nothing that is about noise is heard. */
export function refuseNoise(command: Command): void {
  refuseGiven(command, ["epsilon", "noiseCohort"], "a run with --no-privacy");
}

/** Where no arm has a budget there is no noise that could be a deployment's. */
export function refuseNoiseCohort(command: Command, epsilons: readonly number[]): void {
  if (epsilons.length === 0) refuseGiven(command, ["noiseCohort"], "federations without noise");
}

/** @throws RefusedError where one of these options was given: nothing is passed over in silence. */
export function refuseGiven(command: Command, names: readonly string[], source: string): void {
  const given = command.options.find(
    (option) =>
      names.includes(option.attributeName()) &&
      command.getOptionValueSource(option.attributeName()) === "cli",
  );
  if (given) throw new RefusedError(`${given.long}: says nothing of ${source}`);
}
