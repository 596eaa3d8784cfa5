import { basename } from "node:path";
import type { ExperimentResult } from "../experiment-result.js";

/** Asks what privacy cost where that is what was compared: private arms beside one without privacy, of one task. */
export function pageTitle({ arms, command, population }: ExperimentResult): string {
  const about = aboutText(population);
  const pricesPrivacy = arms.some(
    ({ variation, epsilon, lead }) => variation === "" && epsilon !== null && lead !== null,
  );
  if (pricesPrivacy)
    return `What did privacy cost? ${population.kind === "dataset" ? about : capital(about)}`;
  const [, name = "experiment"] = command.split(" ");
  return `${capital(name)}: ${about}`;
}

function aboutText(population: ExperimentResult["population"]): string {
  if (population.kind === "live") return population.environment;
  return population.kind === "dataset" ? basename(population.path) : population.kind;
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
