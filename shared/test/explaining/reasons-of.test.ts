import { beforeAll, describe, expect, it } from "vitest";
import { createCatalogue } from "../../src/catalogue/catalogue.js";
import type { Item } from "../../src/catalogue/item.js";
import type { Reason } from "../../src/explaining/reason.js";
import { reasonsOf } from "../../src/explaining/reasons-of.js";
import { policyScores } from "../../src/learning/policy-scores.js";
import { currentState, type State } from "../../src/learning/state.js";
import { createTaskModel } from "../../src/learning/task-model.js";
import type { Engine } from "../../src/network/engine.js";
import { createKernelEngine } from "../../src/network/kernel/kernel-engine.js";
import { referenceEngine } from "../../src/network/reference-engine.js";
import { createTfjsEngine } from "../../src/network/tfjs/tfjs-engine.js";
import { ARMS, items, ownTask, type World, worldOf } from "./worlds.js";

const ITEM = 7;
const CLOSE = 4;
let kernel: Engine;
let tfjs: Engine;
beforeAll(async () => {
  kernel = (await createKernelEngine()) ?? referenceEngine;
  tfjs = await createTfjsEngine({ backend: "cpu" });
});

const engines: readonly (readonly [string, () => Engine])[] = [
  ["kernel", () => kernel],
  ["reference", () => referenceEngine],
  ["tfjs", () => tfjs],
];
const worlds = [
  ...engines.flatMap(([name, engine]) =>
    Object.entries(ARMS).map(([arm, spec]) => ({
      name: `${arm} on ${name}`,
      world: (events: number, seed?: number) => worldOf(spec, engine(), events, seed),
    })),
  ),
  {
    name: "a task's own network",
    world: (events: number, seed?: number) => worldOf(ownTask(), tfjs, events, seed),
  },
];

const scoreIn = ({ model, parameters }: World, state: State, item = ITEM): number =>
  policyScores(model, parameters, state, Int32Array.of(item)).logits[0] ?? Number.NaN;
const explain = ({ model, parameters, state }: World, exactUpTo?: number) =>
  reasonsOf(model, { parameters, state, item: ITEM, ...(exactUpTo !== undefined && { exactUpTo }) });
const contributions = <Kind extends Reason["kind"]>(reasons: readonly Reason[], kind: Kind) =>
  reasons.filter((reason): reason is Extract<Reason, { kind: Kind }> => reason.kind === kind);

describe.each(worlds)("$name", ({ world: worldOf }) => {
  it("explains the score that ranks, strongest reason first", () => {
    const world = worldOf(4);
    const { score, reasons } = explain(world);
    expect(score).toBeCloseTo(scoreIn(world, world.state), CLOSE);
    const sizes = reasons.map(({ contribution }) => contribution);
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
  });

  it("credits an interaction with exactly what the score is without it", () => {
    const world = worldOf(6);
    const { model, history, at, told, state } = world;
    const found = contributions(explain(world).reasons, "interaction");
    expect(found).toHaveLength(6);
    for (const { itemId, at: when, interaction, contribution } of found) {
      const rest = history.filter((event) => event.itemId !== itemId);
      expect(history).toContainEqual({ kind: interaction, itemId, at: when });
      const bare = currentState(model.task, model.catalogue, rest, at, told);
      const without = { ...bare, ...(state.personal && { personal: state.personal }) };
      expect(contribution).toBeCloseTo(scoreIn(world, state) - scoreIn(world, without), CLOSE);
    }
  });

  it("credits a feature with exactly what the item's score is had it not been told", () => {
    const world = worldOf(3);
    const { model, parameters, state } = world;
    const found = contributions(explain(world).reasons, "feature");
    expect(found.map(({ feature }) => feature).sort()).toEqual(["genre", "self", "title", "year"]);
    for (const { feature, contribution } of found) {
      if (feature === "self") continue;
      const lessened = items.map(
        (item, row): Item =>
          row === ITEM ? { ...item, features: { ...item.features, [feature]: null } } : item,
      );
      const { features } = model.task.catalogue;
      const catalogue = createCatalogue(features, lessened);
      const neighbours = model.catalogue.neighbours;
      const other = createTaskModel({
        task: model.task,
        engine: model.engine,
        catalogue: { ...catalogue, ...(neighbours && { neighbours }) },
      });
      const without = policyScores(other, parameters, state, Int32Array.of(ITEM)).logits[0] ?? Number.NaN;
      expect(contribution).toBeCloseTo(scoreIn(world, state) - without, CLOSE);
    }
  });

  it("accounts for a long history completely, or leaves out each interaction", () => {
    const world = worldOf(24);
    const { history, reasons } = explain(world, 20);
    const sum = contributions(reasons, "interaction").reduce(
      (all, { contribution }) => all + contribution,
      0,
    );
    if (history.kind === "leave-one-out") {
      expect(world.model.task.model.layers).toBeDefined();
    } else {
      expect(history.complete).toBe(true);
      expect(sum - history.change).toBeCloseTo(history.residual, CLOSE);
    }
  });
});

describe("reasons", () => {
  it("are also what the host told of the moment, relations, and the user's own parameters", () => {
    const of = (arm: keyof typeof ARMS) => explain(worldOf(ARMS[arm] ?? {}, kernel, 5)).reasons;
    expect(contributions(of("context"), "context")).toMatchObject([{ feature: "hour" }]);
    expect(
      contributions(of("graph"), "relation")
        .map(({ relation }) => relation)
        .sort(),
    ).toEqual(["by", "with"]);
    expect(contributions(of("personal"), "personal")).toHaveLength(1);
    expect(contributions(of("mean"), "context")).toEqual([]);
    expect(contributions(of("mean"), "popularity")).toEqual([]);
  });

  it.each(engines)("are what everybody likes, by the item prior, on %s", (_, engine) => {
    const world = worldOf(ARMS.prior ?? {}, engine(), 0);
    const { model, parameters, state } = world;
    const { prior } = model.scoring().network;
    if (!prior || !model.catalogue.buckets) throw new Error("the task has a prior");
    const everything = Int32Array.from(items, (_, row) => row);
    const { logits } = policyScores(model, parameters, state, everything);
    const forgotten = parameters.slice().fill(0, prior.offset);
    const without = policyScores(model, forgotten, state, everything).logits;
    for (const item of [0, ITEM, 23]) {
      const [found, ...others] = contributions(
        reasonsOf(model, { parameters, state, item }).reasons,
        "popularity",
      );
      expect(others).toEqual([]);
      expect(found?.contribution).toBeCloseTo((logits[item] ?? 0) - (without[item] ?? 0), CLOSE);
    }
    // Nor does it leave anything behind.
    expect(explain(world).score).toBeCloseTo(logits[ITEM] ?? Number.NaN, CLOSE);
  });

  it("leave out what changes nothing: a feature that was not told, a history that is not there", () => {
    const world = worldOf(ARMS.mean ?? {}, kernel, 0);
    const { reasons } = reasonsOf(world.model, { ...world, item: 5 });
    expect(
      reasons.map((reason) => (reason.kind === "feature" ? reason.feature : reason.kind)).sort(),
    ).toEqual(["genre", "self", "title"]);
  });

  it("are found by leaving out up to 50 interactions, by integrated gradients of more", () => {
    const arm = { model: { ...ARMS.mean?.model, historyLength: 60 } };
    const kinds = [50, 51].map((events) => explain(worldOf(arm, kernel, events)).history.kind);
    expect(kinds).toEqual(["leave-one-out", "integrated-gradients"]);
  });

  it("leave the networks that rank as they were", () => {
    const world = worldOf(ARMS.gru ?? {}, kernel, 22);
    const before = scoreIn(world, world.state);
    explain(world, 0);
    explain(world, 30);
    expect(scoreIn(world, world.state)).toBe(before);
  });
});
