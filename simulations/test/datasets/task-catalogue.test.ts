import { parseTask } from "@tacit/shared";
import { describe, expect, it } from "vitest";
import { taskCatalogue } from "../../src/datasets/task-catalogue.js";

const items = ["a", "b", "c"].map((id) => ({ id, features: { kind: id } }));
const relations = [
  { head: "a", relation: "by", tail: "somebody" },
  { head: "b", relation: "by", tail: "somebody" },
];

function taskOf(itemEncoder: "graph" | "two-tower", names: readonly string[]) {
  const parsed = parseTask({
    name: "related",
    catalogue: {
      features: [{ name: "kind", kind: "categorical", values: ["a", "b", "c"] }],
      relations: names,
    },
    model: { itemEncoder },
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.task;
}

describe("the catalogue of a task with relations", () => {
  it("has neighbours one and two steps away: who shares somebody is two steps away", () => {
    const { neighbours = [] } = taskCatalogue(taskOf("graph", ["by"]), items, relations);
    expect(neighbours).toHaveLength(2);
    expect(neighbours.map(({ starts }) => [...starts])).toEqual([
      [0, 0, 0, 0],
      [0, 2, 4, 4],
    ]);
  });

  it("is refused where a relation links nothing, but to encoders that follow none", () => {
    expect(() => taskCatalogue(taskOf("graph", ["by", "with"]), items, relations)).toThrow(
      "catalogue.relations: with: no such relation in the .kg file",
    );
    expect(() => taskCatalogue(taskOf("graph", ["by"]), items)).toThrow("these items have no relations");
    expect(taskCatalogue(taskOf("two-tower", ["by"]), items).neighbours).toBeUndefined();
  });
});
