import { type Engine, referenceEngine } from "@tacit/shared";
import { createTfjsEngine } from "@tacit/shared/tfjs";

export const ENGINES = ["auto", "reference", "tfjs"] as const;
export type EngineChoice = (typeof ENGINES)[number];

/** `auto` is what the SDK takes by itself. */
export async function chooseEngine(choice: EngineChoice): Promise<Engine> {
  return choice === "tfjs" ? createTfjsEngine() : referenceEngine;
}
