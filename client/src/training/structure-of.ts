import { parameterBlocks, type StructuredUpdate } from "@tacit/shared";
import type { LocalModel } from "../model/local-model.js";

/** What the task leaves of updates from this version; undefined where they are whole. */
export async function structureOf(model: LocalModel): Promise<StructuredUpdate | undefined> {
  const { update } = model.task.learning;
  if (!update || update.kind === "full") return undefined;
  return (await import("./structure.js")).structuredUpdate(model, parameterBlocks(model.task));
}
