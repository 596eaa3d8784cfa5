import { whole } from "@tacit/server/command-line";
import type { Command } from "commander";

/** What is said of people who respond, beside the population. */
export interface LiveCommandOptions {
  readonly logged: number;
  readonly visits: number;
  readonly generations: number;
}

/** Adds the options of {@link LiveCommandOptions}. */
export const liveOptions = (command: Command): Command =>
  command
    .option("--logged <number>", "live: visits of each that are logged first", whole("--logged", 1, 1000), 8)
    .option("--visits <number>", "live: visits of each that are judged", whole("--visits", 1, 1000), 12)
    .option(
      "--generations <number>",
      "live: parts of these visits; before each, learning goes on with all that is logged",
      whole("--generations", 1, 100),
      1,
    );
