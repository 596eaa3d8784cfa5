import { between, fraction, positive, whole } from "@tacit/server/command-line";
import { type Command, Option } from "commander";
import { formatOption } from "../../datasets/format-option.js";
import type { DatasetFormat } from "../../datasets/read-dataset.js";
import { LIVE_ENVIRONMENTS } from "../../environments/live-environments.js";
import type { EngineChoice } from "../../population/engine-choice.js";
import { engineOption } from "../../population/engine-option.js";
import { readOverrides } from "../../task-defaults/task-overrides.js";
import { AVAILABILITIES, type Availability } from "../clock/availability.js";
import { DEFAULT_INTERACTIONS, FEWEST_INTERACTIONS } from "../columns/columns-of-films.js";
import { SIZES, sizeText } from "./population-sizes.js";
import type { RunOptions } from "./prepare-run.js";

/** What every command says that plays virtual clients: who they are, in what cohorts, and under which clock. */
export interface PopulationOptions {
  readonly clients?: number;
  readonly cohort?: number;
  readonly rounds?: number;
  readonly interactions: number;
  readonly format: DatasetFormat;
  readonly implicit?: boolean;
  readonly itemIds?: boolean;
  readonly validation?: boolean;
  readonly newItems: number;
  readonly replicas: number;
  readonly task?: string;
  readonly set?: readonly string[];
  readonly engine: EngineChoice;
  readonly participations?: number;
  readonly minimum?: number;
  readonly noiseCohort?: number;
  readonly serverLearningRate?: number;
  readonly availability: Availability;
  readonly dropout: number;
  readonly stragglers: number;
  readonly overSelection: number;
  readonly deadline: number;
  readonly roundEvery: number;
}

const SOURCE = `movies, a live environment (${LIVE_ENVIRONMENTS.map(({ name }) => name).join(", ")}), or the path of a data set: every user becomes one client`;

/** Adds the options of {@link PopulationOptions} to a command, and its argument `source`. */
export function populationOptions(command: Command): Command {
  return command
    .argument("[source]", SOURCE, "movies")
    .option(
      "-c, --clients <number>",
      `clients; of a data set at most ${sizeText("clients")}`,
      whole("--clients", 2, 1e8),
    )
    .option("--cohort <number>", `clients in a round ${sizeText("cohort")}`, whole("--cohort", 2, 100_000))
    .option("-r, --rounds <number>", `model versions ${sizeText("rounds")}`, whole("--rounds", 1, 1_000_000))
    .option(
      "--interactions <number>",
      "mean length of a history of the movies, about",
      whole("--interactions", FEWEST_INTERACTIONS, 10_000),
      DEFAULT_INTERACTIONS,
    )
    .addOption(formatOption())
    .option("--implicit", "every rating of the data set is a choice, whatever its stars")
    .option("--item-ids", "items of the data set have their ids among their features")
    .option(
      "--validation",
      "the data set without everybody's latest item: the one before it is held out, to choose by",
    )
    .option(
      "--new-items <share>",
      "of the data set: in nobody's history, only held out",
      fraction("--new-items"),
      0,
    )
    .option(
      "--replicas <number>",
      "clients that do what one user of the data set did",
      whole("--replicas", 1, 100_000),
      1,
    )
    .option("--task <file>", "a task, or a part of one: takes the place of the built-in one's fields")
    .option("--set <field=value...>", "single fields of the task, such as model.embedding=8")
    .addOption(engineOption())
    .option(
      "--participations <number>",
      "of one client at most (default: what chance brings about)",
      whole("--participations", 1, 1_000_000),
    )
    .option(
      "--minimum <number>",
      "fewest updates in a sum (default: what all but a thousandth of the cohorts reach)",
      whole("--minimum", 2, 100_000),
    )
    .option(
      "--noise-cohort <people>",
      "in a cohort of the deployment: each client stands for so many more, and noise and epsilon are theirs (default: --cohort)",
      whole("--noise-cohort", 2, 100_000_000),
    )
    .option(
      "--server-learning-rate <rate>",
      "of the coordinator's step (default: the task's own)",
      between("--server-learning-rate", 0.001, 1000),
    )
    .addOption(
      new Option("--availability <when>", "when clients can take part")
        .choices(AVAILABILITIES)
        .default("always"),
    )
    .option("--dropout <share>", "of a cohort's members, before the sum", between("--dropout", 0, 0.9), 0)
    .option(
      "--stragglers <spread>",
      "of the devices' slowness, in logarithm",
      between("--stragglers", 0, 3),
      0.5,
    )
    .option(
      "--over-selection <factor>",
      "invited for each place in a cohort",
      between("--over-selection", 1, 10),
      1.3,
    )
    .option("--deadline <seconds>", "of virtual time that a round waits", positive("--deadline"), 600)
    .option("--round-every <seconds>", "of virtual time at least", between("--round-every", 0, 1e7), 0);
}

/** All that they say of a run; who makes the noise, how much, and the seed are left. */
export async function populationOf(
  source: string,
  options: PopulationOptions,
  sizes: Pick<(typeof SIZES)["live" | "histories"], "clients" | "cohort" | "rounds"> = SIZES.histories,
): Promise<Omit<RunOptions, "seed" | "epsilon" | "privacy" | "path" | "engine">> {
  const { availability, dropout, stragglers: spread, overSelection, deadline: deadlineSeconds } = options;
  return {
    ...sizes,
    ...options,
    source,
    implicit: options.implicit ?? false,
    itemIds: options.itemIds ?? false,
    validation: options.validation ?? false,
    overrides: await readOverrides(options.task, options.set),
    clock: {
      availability,
      dropout,
      spread,
      overSelection,
      deadlineSeconds,
      roundEverySeconds: options.roundEvery,
    },
  };
}
