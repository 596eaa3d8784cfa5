import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseTask } from "../../src/task/parse-task.js";
import { canonicalJson, taskHash } from "../../src/task/task-hash.js";
import { exampleTask } from "./example-task.js";

function accepted(input: unknown) {
  const parsed = parseTask(input);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.task;
}

function refusedFields(input: unknown) {
  const parsed = parseTask(input);
  return parsed.ok ? [] : parsed.problems.map((problem) => problem.field);
}

const CORRELATED = { mode: "trusted", correlation: { bands: 2, minimumSeparation: 1 } };

describe("parseTask", () => {
  it("fills in defaults that are themselves a valid task", () => {
    const task = accepted(exampleTask);
    expect(task.privacy.delta).toBe(1e-5);
    expect(accepted(task)).toEqual(task);
  });

  it.each([
    ["a delta of 1", { privacy: { delta: 1 } }, "privacy.delta"],
    ["a delta of 0", { privacy: { delta: 0 } }, "privacy.delta"],
    ["no noise", { privacy: { noiseMultiplier: 0 } }, "privacy.noiseMultiplier"],
    ["an infinite clip", { privacy: { clip: Number.POSITIVE_INFINITY } }, "privacy.clip"],
    ["a NaN learning rate", { learning: { learningRate: Number.NaN } }, "learning.learningRate"],
    ["an objective by its name alone", { learning: { objective: "actor-critic" } }, "learning.objective"],
    ["an objective nobody knows", { learning: { objective: { kind: "wish" } } }, "learning.objective.kind"],
    ["an objective's weight beside it", { learning: { policyWeight: 1 } }, "learning.policyWeight"],
    ["a cohort of 1 with noise for 100", { cohort: { size: 1, minimum: 100 } }, "cohort.minimum"],
    ["a cohort of 1", { cohort: { size: 1, minimum: 1 } }, "cohort.minimum"],
    ["nobody honest", { cohort: { size: 10, minimum: 10, corruptFraction: 0.95 } }, "cohort.corruptFraction"],
    ["a modulus that can overflow", { privacy: { bits: 8 }, cohort: { size: 10_000 } }, "privacy.bits"],
    ["heads that cannot share", { model: { encoder: "attention", embedding: 16, heads: 3 } }, "model.heads"],
    ["heads without attention", { model: { encoder: "gru", heads: 2 } }, "model.heads"],
    [
      "a relation twice",
      {
        model: { itemEncoder: "graph" },
        catalogue: { ...exampleTask.catalogue, relations: ["by", "in", "by"] },
      },
      "catalogue.relations",
    ],
    ["more heads than 16", { model: { encoder: "attention", heads: 17 } }, "model.heads"],
    ["blocks of recurrent layers", { model: { encoder: "lstm", blocks: 2 } }, "model.blocks"],
    ["more blocks than 8", { model: { encoder: "attention", blocks: 9 } }, "model.blocks"],
    [
      "a personal vector as long as E",
      { model: { embedding: 8, personal: { size: 8 } } },
      "model.personal.size",
    ],
    ["an empty personal vector", { model: { personal: { size: 0 } } }, "model.personal.size"],
    ["the size of no vector", { model: { personal: { size: 4, vector: false } } }, "model.personal.size"],
    ["a name with a slash", { name: "a/b" }, "name"],
    ["an unknown section", { colour: "blue" }, "colour"],
    ["a section by an inherited name", { constructor: {} }, "constructor"],
    ["a reward for an unknown kind", { reward: { weights: { wink: 1 } } }, "reward.weights.wink"],
    [
      "a reward for no kind",
      { reward: { weights: JSON.parse('{"__proto__":1}') } },
      "reward.weights.__proto__",
    ],
    [
      "an infinite reward",
      { reward: { weights: { like: Number.NEGATIVE_INFINITY } } },
      "reward.weights.like",
    ],
    ["an undefined reward", { reward: { weights: { like: undefined } } }, "reward.weights.like"],
    ["an empty reward for all", { reward: null }, "reward"],
    ["an empty catalogue", { catalogue: { features: [] } }, "catalogue.features"],
    [
      "a feature twice",
      { catalogue: { features: [0, 0].map(() => ({ name: "x", kind: "text", buckets: 8 })) } },
      "catalogue.features.1.name",
    ],
    [
      "a range upside down",
      { catalogue: { features: [{ name: "x", kind: "numeric", minimum: 1, maximum: 0 }] } },
      "catalogue.features.0.maximum",
    ],
    [
      "a mask of nothing",
      { learning: { update: { kind: "random-mask", share: 0 } } },
      "learning.update.share",
    ],
    ["a rank of 0", { learning: { update: { kind: "low-rank", rank: 0 } } }, "learning.update.rank"],
    ["an update nobody knows", { learning: { update: { kind: "sketch" } } }, "learning.update.kind"],
    [
      "updates of several versions, each in a subspace of its own",
      { learning: { update: { kind: "random-mask", share: 0.1 } }, cohort: { maximumStaleness: 1 } },
      "learning.update.redraw",
    ],
    [
      "noise that is taken back in another subspace",
      {
        learning: { update: { kind: "low-rank", rank: 2 } },
        privacy: CORRELATED,
      },
      "learning.update.redraw",
    ],
  ])("refuses %s, naming the field", (_, change, field) => {
    expect(refusedFields({ ...exampleTask, ...change })).toContain(field);
  });

  it("says what heads must share, and which encoder has blocks", () => {
    const messages = (model: object) => {
      const parsed = parseTask({ ...exampleTask, model });
      return parsed.ok ? [] : parsed.problems.map(({ message }) => message);
    };
    expect(messages({ encoder: "attention", embedding: 16, heads: 3 })).toEqual([
      "3 heads cannot share 16 columns (model.embedding) evenly",
    ]);
    expect(messages({ encoder: "gru", blocks: 2 })).toEqual([
      'only attention has blocks: model.encoder is "gru"',
    ]);
    expect(messages({ encoder: "attention", embedding: 16, heads: 4, blocks: 2 })).toEqual([]);
  });

  it.each([{ cohort: { maximumStaleness: 1 } }, { privacy: CORRELATED }])(
    "lets updates of several rounds meet in one subspace that is drawn once",
    (change) => {
      const update = { kind: "low-rank", rank: 2, redraw: false };
      expect(refusedFields({ ...exampleTask, learning: { update }, ...change })).toEqual([]);
    },
  );

  it("never throws, whatever it is given", () => {
    fc.assert(
      fc.property(fc.anything(), (input) => {
        expect(typeof parseTask(input).ok).toBe("boolean");
      }),
    );
  });
});

describe("taskHash", () => {
  it("does not depend on the order of keys or on which defaults were written out", () => {
    const task = accepted(exampleTask);
    const reversed = Object.fromEntries(Object.entries(task).reverse());
    expect(taskHash(accepted(reversed))).toBe(taskHash(task));
    expect(taskHash(task)).toMatch(/^[0-9a-f]{64}$/);
  });

  it("changes with every field", () => {
    const task = accepted(exampleTask);
    expect(taskHash({ ...task, rounds: task.rounds + 1 })).not.toBe(taskHash(task));
    expect(taskHash({ ...task, privacy: { ...task.privacy, clip: 2 } })).not.toBe(taskHash(task));
  });
});

describe("canonicalJson", () => {
  it("is JSON that parses back to the same value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
