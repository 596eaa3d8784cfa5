import type { Engine } from "../engine.js";
import { OwnModels } from "./own-models.js";
import { loadTfjs, type TfjsBackend } from "./tfjs-backend.js";
import { TfjsNetwork } from "./tfjs-network.js";

export { taskLayers } from "./task-layers.js";
export type { TfjsBackend } from "./tfjs-backend.js";

/**
 * An engine on TensorFlow.js: native when `@tensorflow/tfjs-node` is installed, else wasm, else cpu, unless told. At the
 * sizes of these networks the default engine is faster than each of them; a task's own model is computed here only.
 */
export async function createTfjsEngine(options: { readonly backend?: TfjsBackend } = {}): Promise<Engine> {
  const { tf, name } = await loadTfjs(options.backend);
  const models = new OwnModels(tf);
  return {
    name,
    refuses(network) {
      const own = models.of(network);
      return own?.ok === false ? own.message : undefined;
    },
    compile(network, capacity, optimiser) {
      const own = models.of(network);
      if (own?.ok === false) throw new Error(own.message);
      return new TfjsNetwork(tf, { network, capacity, optimiser, own: own?.model });
    },
  };
}
