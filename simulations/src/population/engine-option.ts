import { Option } from "commander";
import { ENGINES } from "./engine-choice.js";

/** `--engine`, the same in every command. */
export const engineOption = (): Option =>
  new Option("--engine <engine>", "what computes the networks").choices(ENGINES).default("auto");
