import { Option } from "commander";
import { DATASET_FORMATS } from "./read-dataset.js";

/** `--format` of a data set, the same in every command that reads one. */
export const formatOption = (): Option =>
  new Option("--format <format>", "of the data set").choices(DATASET_FORMATS).default("movielens");
