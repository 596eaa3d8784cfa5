import { standingNotes } from "../../virtual/run/standing-notes.js";
import type { ExperimentResult } from "../experiment-result.js";
import { saidOfArms } from "./said-of-arms.js";

/** For how many people clients stand, of which arms where these differ in it. */
export function standInNotes({ standsFor = 1, standIns, population, task }: ExperimentResult): string[] {
  if (!standIns) return standingNotes(standsFor, population.clients, task.cohort.size);
  const said = standIns.flatMap(({ arm, variation, ...standIn }) =>
    standingNotes(standIn.standsFor, population.clients, standIn.cohort).map((text) => ({
      arm,
      variation,
      text,
    })),
  );
  return saidOfArms(said).map(({ text, of }) => `${of.join("; ")}: ${text}`);
}
