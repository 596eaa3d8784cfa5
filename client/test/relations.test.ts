import { describe, expect, it } from "vitest";
import { createRecommender } from "../src/create-recommender.js";
import { encodedCatalogue } from "../src/model/encoded-catalogue.js";
import { embed, storeOf } from "./support/embed.js";
import { exampleTask, items } from "./support/example-task.js";
import { ScriptedCoordinator } from "./support/scripted-coordinator.js";

const task = exampleTask({
  catalogue: { features: [{ name: "genre", kind: "categorical", values: ["drama"] }], relations: ["by"] },
  model: { embedding: 2, hidden: 2, historyLength: 2, itemEncoder: "graph", personal: {} },
});
const relations = ["alien", "brazil"].map((head) => ({ head, relation: "by", tail: "scott" }));

describe("relations of items", () => {
  it("are followed by tasks that ask for them, and by no others", () => {
    const { neighbours } = encodedCatalogue(items, relations, task);
    expect(neighbours?.map(({ values }) => values.length)).toEqual([0, 2]);
    expect(encodedCatalogue(items, relations, exampleTask())).not.toHaveProperty("neighbours");
  });

  it("are encoded once for the same arrays and schema", () => {
    const once = encodedCatalogue(items, relations, task);
    expect(encodedCatalogue(items, relations, task)).toBe(once);
    expect(encodedCatalogue(items, [...relations], task)).not.toBe(once);
    expect(encodedCatalogue(items, undefined, task)).not.toBe(once);
  });

  it("are recommended from and trained with, beside what is personal", async () => {
    const coordinator = new ScriptedCoordinator(task);
    const recommender = embed(coordinator, { relations, consent: true, store: await storeOf() });
    await recommender.ready;
    expect((await recommender.recommend({ count: 3 })).items).toHaveLength(3);
    expect(await recommender.train()).toMatchObject({ ok: true, steps: 2 });
    const { modelVersion } = await recommender.recommend();
    expect(modelVersion).toBe(0);
  });

  it("are named where they are none", () => {
    const options = { url: "http://a.test", task: "films", items };
    // @ts-expect-error: a host without types
    const wrong = () => createRecommender({ ...options, relations: [{ head: "a" }] });
    expect(wrong).toThrow("relations.0: must be");
  });
});
