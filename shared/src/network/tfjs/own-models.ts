import type * as Tf from "@tensorflow/tfjs";
import type { Network } from "../network.js";
import { type BuiltOwnModel, buildOwnModel } from "./build-own-model.js";
import { ownInputs } from "./own-model.js";

/** The own models of an engine: each is built once, whatever the number of networks compiled from it. */
export class OwnModels {
  readonly #tf: typeof Tf;
  readonly #built = new Map<string, BuiltOwnModel>();

  constructor(tf: typeof Tf) {
    this.#tf = tf;
  }

  /** Undefined for a network of built-in layers. */
  of({ steps, historyLength }: Network): BuiltOwnModel | undefined {
    const step = steps.find(({ kind }) => kind === "layers-model");
    if (step?.kind !== "layers-model") return undefined;
    const shapes = [...ownInputs(step.inputs, historyLength).values()].map(({ shape }) => shape);
    const key = JSON.stringify([shapes, step.spec]);
    const built = this.#built.get(key) ?? buildOwnModel(this.#tf, step, historyLength);
    this.#built.set(key, built);
    return built;
  }
}
