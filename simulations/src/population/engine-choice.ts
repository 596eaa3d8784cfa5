import { type Engine, referenceEngine } from "@tacit/shared";
import { createDefaultEngine, createTfjsEngine } from "@tacit/shared/tfjs";

export const ENGINES = ["auto", "reference", "tfjs"] as const;
export type EngineChoice = (typeof ENGINES)[number];

/** `auto` is what the SDK takes by itself: native TensorFlow.js where it is installed, else plain TypeScript. */
export async function chooseEngine(choice: EngineChoice): Promise<Engine> {
  if (choice === "reference") return referenceEngine;
  return choice === "tfjs" ? createTfjsEngine() : createDefaultEngine();
}
