import { createTaskModel, type Engine, type TaskModel } from "@tacit/shared";
import type { LocalTask } from "./local-model.js";

/** The networks that recommend: compiled once for a task and its catalogue, whatever versions of the model come. */
export class CompiledModel {
  #of: LocalTask | undefined;
  #networks: TaskModel | undefined;

  networks(local: LocalTask, engine: Engine): TaskModel {
    const { task, taskHash, catalogue } = local;
    const same = this.#of?.taskHash === taskHash && this.#of.catalogue === catalogue;
    const networks = (same && this.#networks) || createTaskModel({ task, catalogue, engine });
    this.#of = local;
    this.#networks = networks;
    return networks;
  }
}
