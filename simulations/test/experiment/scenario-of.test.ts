import { Command } from "commander";
import { describe, expect, it } from "vitest";
import { experimentOptions } from "../../src/experiment/experiment-options.js";
import { refuseForeign } from "../../src/experiment/scenario-of.js";

const refusal = (source: string, ...given: readonly string[]) => {
  const command = experimentOptions(new Command());
  command.parse([...given], { from: "user" });
  return () => refuseForeign(command, source);
};

const OF_MOVIES = [["--interactions", "40"]];
const OF_DATASETS = [
  ["--item-ids"],
  ["--implicit"],
  ["--validation"],
  ["--format", "csv"],
  ["--new-items", "0.2"],
  ["--replicas", "3"],
];

describe("options that say nothing of a source", () => {
  it.each(OF_DATASETS)("are refused: %s of the films and of live environments", (option, ...value) => {
    for (const source of ["movies", "news"]) {
      expect(refusal(source, option, ...value)).toThrow(`${option}: says nothing of ${source}`);
    }
    expect(refusal("ml-100k", option, ...value)).not.toThrow();
  });

  it.each(OF_MOVIES)("are refused: %s of data sets and of live environments", (option, ...value) => {
    for (const source of ["ml-100k", "news"]) {
      expect(refusal(source, option, ...value)).toThrow(`${option}: says nothing of ${source}`);
    }
    expect(refusal("movies", option, ...value)).not.toThrow();
  });
});
