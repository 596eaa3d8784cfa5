import type { HistoryStore } from "../../src/history/history-store.js";
import { ModelKeeper } from "../../src/model/model-keeper.js";
import { items } from "./example-task.js";
import type { ScriptedCoordinator } from "./scripted-coordinator.js";

/** The keeper of the example task's model, which any engine computes. */
export const keeperOf = ({ transport }: ScriptedCoordinator, store: HistoryStore): ModelKeeper =>
  new ModelKeeper({
    transport,
    store,
    taskName: "films",
    items,
    refuses: () => undefined,
    problem: () => {},
  });
