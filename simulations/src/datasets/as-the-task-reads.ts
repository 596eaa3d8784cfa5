import type { FeatureValue, Item, TaskSpec } from "@tacit/shared";

/** An item of a file as its task reads it: a category may look like a number there, and names have been read in lower case. */
export function asTheTaskReads(task: TaskSpec, { id, features }: Item): Item {
  const read = new Map<string, FeatureValue>(Object.entries(features));
  for (const { name, kind } of task.catalogue.features) {
    const value = read.get(name) ?? read.get(name.toLowerCase());
    if (value === undefined) continue;
    const text = typeof value === "number" && (kind === "categorical" || kind === "text");
    read.set(name, text ? String(value) : value);
  }
  return { id, features: Object.fromEntries(read) };
}
