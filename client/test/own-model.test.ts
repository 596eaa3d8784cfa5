import { referenceEngine } from "@tacit/shared";
import { describe, expect, it } from "vitest";
import { createTfjsEngine } from "../src/tfjs.js";
import { clicks, embed, storeOf, updateIdOf } from "./support/embed.js";
import { exampleTask, items } from "./support/example-task.js";
import { ownModelTask } from "./support/own-model-task.js";
import { ScriptedCoordinator } from "./support/scripted-coordinator.js";

describe("a task with a model of its own", () => {
  it("is refused without TensorFlow.js, which is not loaded: the host is told what to pass", async () => {
    const coordinator = new ScriptedCoordinator(ownModelTask());
    const recommender = embed(coordinator, {
      engine: referenceEngine,
      store: await storeOf(),
      consent: true,
    });
    expect(await recommender.ready).toEqual({
      ok: false,
      reason: "task-refused",
      message: expect.stringMatching(
        /^reference .*engine: await createTfjsEngine\(\), from @tacit\/client\/tfjs$/,
      ),
    });
    expect(recommender.status()).toMatchObject({ phase: "refused", modelVersion: undefined });
    expect(await recommender.train()).toMatchObject({ ok: false, reason: "no-model" });
    const { items: slate, modelVersion } = await recommender.recommend({ count: 3 });
    expect(slate).toHaveLength(3);
    expect(modelVersion).toBeUndefined();
  });

  it("is recommended from and trained with it", async () => {
    const coordinator = new ScriptedCoordinator(ownModelTask());
    const engine = await createTfjsEngine({ backend: "cpu" });
    const recommender = embed(coordinator, { engine, store: await storeOf(), consent: true });
    expect(await recommender.ready).toEqual({ ok: true, modelVersion: 0, engine: "tfjs-cpu" });
    expect(updateIdOf(await coordinator.hears("ready"))).toMatch(/^[0-9a-f]{32}$/);
    const recommended = await recommender.recommend({ count: items.length });
    expect(recommended.items).toHaveLength(items.length);
    expect(recommended.modelVersion).toBe(0);
    expect(await recommender.explain("alien")).toMatchObject({
      ok: true,
      history: { kind: "leave-one-out" },
    });
  });

  it("is served from the store at the next start, and refused again without an engine for it", async () => {
    const coordinator = new ScriptedCoordinator(ownModelTask());
    const engine = await createTfjsEngine({ backend: "cpu" });
    const store = await storeOf(clicks);
    expect(await embed(coordinator, { engine, store }).ready).toMatchObject({ ok: true });
    coordinator.reachable = false;
    expect(await embed(coordinator, { engine, store }).ready).toMatchObject({ ok: true });
    expect(await embed(coordinator, { store }).ready).toMatchObject({ ok: false });
  });

  it("is refused, never thrown into the host, when its topology is not what it states", async () => {
    const engine = await createTfjsEngine({ backend: "cpu" });
    const lies: readonly [(topology: string) => string, RegExp][] = [
      [() => "{", /^model\.layers\.topology: is not JSON/],
      [(json) => json.replaceAll('"Dense"', '"Lambda"'), /^model\.layers\.topology: .*class_name/],
      [
        (json) => json.replaceAll('"units":3', '"units":3000000000'),
        /^model\.layers: its layers have more weights/,
      ],
      [(json) => json.replaceAll('"recency"', '"history"'), /^model\.layers: "history" is no input/],
    ];
    for (const [lie, message] of lies) {
      const recommender = embed(new ScriptedCoordinator(ownModelTask(lie)), { engine, consent: true });
      expect(await recommender.ready).toEqual({
        ok: false,
        reason: "task-refused",
        message: expect.stringMatching(message),
      });
    }
  });

  it("is refused when it states more weights than any device has memory", async () => {
    const { model } = ownModelTask();
    const shape = [4_194_304, 4_194_304, 4_194_304, 4_194_304];
    const weights = model.layers?.weights.map((weight) => ({ ...weight, shape })) ?? [];
    const topology = model.layers?.topology ?? "";
    const coordinator = new ScriptedCoordinator(exampleTask({ model: { layers: { topology, weights } } }));
    coordinator.hash = () => "0".repeat(64);
    const engine = await createTfjsEngine({ backend: "cpu" });
    expect(await embed(coordinator, { engine }).ready).toMatchObject({ ok: false, reason: "task-refused" });
  });
});
