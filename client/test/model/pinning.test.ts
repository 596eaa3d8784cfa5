import type { TaskSpec } from "@tacit/shared";
import { describe, expect, it } from "vitest";
import { memoryHistoryStore } from "../../src/history/memory-history-store.js";
import { ModelKeeper } from "../../src/model/model-keeper.js";
import { exampleTask, items } from "../support/example-task.js";
import { ScriptedCoordinator } from "../support/scripted-coordinator.js";

const honest = () => new ScriptedCoordinator(exampleTask());

/** Serves the same task with a history of its own: as many versions, other parameters. */
class Fork extends ScriptedCoordinator {
  override model(modelVersion: number) {
    const model = super.model(modelVersion);
    return { ...model, parameters: model.parameters.map((value) => value + 1) };
  }
}

async function keep(
  coordinator: ScriptedCoordinator,
  store = memoryHistoryStore(),
  refuses: (task: TaskSpec) => string | undefined = () => undefined,
): Promise<ModelKeeper> {
  const { transport } = coordinator;
  const keeper = new ModelKeeper({ transport, store, taskName: "films", items, refuses, problem: () => {} });
  await keeper.restore();
  return keeper;
}

const headOf = (coordinator: ScriptedCoordinator, modelVersion: number) => ({
  modelVersion,
  modelHash: coordinator.hash(modelVersion),
  finished: false,
});

describe("a device that knows a task", () => {
  it("refuses another spec under its name, in this run of the app and in the next", async () => {
    const store = memoryHistoryStore();
    const coordinator = honest();
    const keeper = await keep(coordinator, store);
    expect(await keeper.refresh()).toEqual({ ok: true, changed: true });
    const weaker = new ScriptedCoordinator(exampleTask({ rounds: 6 }));
    coordinator.document = weaker.document;
    const refused = { ok: false, reason: "task-refused", message: expect.stringMatching(/^taskHash: /) };
    expect(await keeper.refresh()).toEqual(refused);
    expect(await (await keep(weaker, store)).refresh()).toEqual(refused);
    expect(await (await keep(honest(), store)).refresh()).toMatchObject({ ok: true });
  });

  it("refuses another one after it has lost the engine for the one that it took part in", async () => {
    const store = memoryHistoryStore();
    const coordinator = honest();
    await (await keep(coordinator, store)).refresh();
    const lacking = (task: TaskSpec) => (task.rounds === coordinator.task.rounds ? "no engine" : undefined);
    const keeper = await keep(new ScriptedCoordinator(exampleTask({ rounds: 6 })), store, lacking);
    expect(keeper.model).toBeUndefined();
    expect(await keeper.refresh()).toEqual({
      ok: false,
      reason: "task-refused",
      message: expect.stringMatching(/^taskHash: /),
    });
    expect(await (await keep(coordinator, store, lacking)).refresh()).toMatchObject({ message: "no engine" });
  });

  it("refuses a task that is not the one that it asked for", async () => {
    const other = new ScriptedCoordinator(exampleTask({ name: "books" }));
    expect(await (await keep(other)).refresh()).toMatchObject({ ok: false, reason: "task-refused" });
  });
});

describe("a device that holds a version", () => {
  const forked = { ok: false, reason: "task-refused", message: expect.stringMatching(/chain was forked/) };

  it("follows the chain, over a gap too", async () => {
    const coordinator = honest();
    const keeper = await keep(coordinator);
    await keeper.refresh();
    expect(await keeper.fetch(headOf(coordinator, 1))).toEqual({ ok: true, changed: true });
    expect(await keeper.fetch(headOf(coordinator, 4))).toEqual({ ok: true, changed: true });
    expect(keeper.model).toMatchObject({ modelVersion: 4, modelHash: coordinator.hash(4) });
  });

  it.each(["in the same run", "after a restart"])(
    "refuses another one of the same number, %s",
    async (when) => {
      const store = memoryHistoryStore();
      const keeper = await keep(honest(), store);
      await keeper.refresh();
      const fork = new Fork(exampleTask());
      const later = when === "after a restart" ? await keep(fork, store) : keeper;
      expect(await later.fetch(headOf(fork, 0))).toEqual(forked);
      expect(later.model?.modelHash).toBe(honest().hash(0));
    },
  );

  it.each(["in the same run", "after a restart"])(
    "refuses a next one that does not follow it, %s",
    async (when) => {
      const store = memoryHistoryStore();
      const coordinator = honest();
      const keeper = await keep(coordinator, store);
      await keeper.refresh();
      const fork = new Fork(exampleTask());
      coordinator.packet = fork.packet;
      coordinator.hash = (modelVersion) => fork.hash(modelVersion);
      const later = when === "after a restart" ? await keep(coordinator, store) : keeper;
      expect(await later.fetch(headOf(fork, 1))).toEqual(forked);
      expect(later.model).toMatchObject({ modelVersion: 0, modelHash: honest().hash(0) });
    },
  );
});
