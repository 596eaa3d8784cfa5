import { referenceEngine } from "@tacit/shared";
import { describe, expect, it } from "vitest";
import { memoryHistoryStore } from "../../src/history/memory-history-store.js";
import { CompiledModel } from "../../src/model/compiled-model.js";
import { exampleTask } from "../support/example-task.js";
import { keeperOf } from "../support/keeper-of.js";
import { ScriptedCoordinator } from "../support/scripted-coordinator.js";

async function modelOf(coordinator: ScriptedCoordinator, modelVersion = 0) {
  const keeper = keeperOf(coordinator, memoryHistoryStore());
  await keeper.refresh();
  const modelHash = coordinator.hash(modelVersion);
  await keeper.fetch({ modelVersion, modelHash, finished: false });
  if (!keeper.model) throw new Error("no model");
  return keeper.model;
}

describe("the networks of a model", () => {
  it("are compiled once for all its versions", async () => {
    const compiled = new CompiledModel();
    const coordinator = new ScriptedCoordinator(exampleTask());
    const networks = compiled.networks(await modelOf(coordinator), referenceEngine);
    expect(compiled.networks(await modelOf(coordinator, 3), referenceEngine)).toBe(networks);
  });

  it("are compiled anew for another task over the same catalogue", async () => {
    const compiled = new CompiledModel();
    const [small, large] = [2, 3].map(
      (embedding) =>
        new ScriptedCoordinator(exampleTask({ model: { embedding, hidden: 2, historyLength: 2 } })),
    );
    if (!small || !large) throw new Error("no coordinators");
    const [first, second] = [await modelOf(small), await modelOf(large)];
    expect(second.catalogue).toBe(first.catalogue);
    expect(compiled.networks(first, referenceEngine).task).toBe(first.task);
    const { parameterCount } = compiled.networks(second, referenceEngine).scoring().network;
    expect(parameterCount).toBe(second.parameters.length);
  });
});
