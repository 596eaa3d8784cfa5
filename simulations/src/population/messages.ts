import type { Interaction, Item, TaskSpec } from "@tacit/shared";
import type { EngineChoice } from "./engine-choice.js";

/** One simulated device, as its worker gets it. */
export interface SimulatedClient {
  readonly id: string;
  readonly history: readonly Interaction[];
  readonly seed: number;
}

/** What a worker starts with: the public task and catalogue, and the histories of its own clients. */
export interface WorkerStart {
  readonly task: TaskSpec;
  readonly items: readonly Item[];
  readonly engine: EngineChoice;
  readonly clients: readonly SimulatedClient[];
}

/** Parent → worker. */
export type Command =
  /** Embed the SDK for every client and take part until the task is finished. */
  | { readonly kind: "join"; readonly url: string }
  /** Train every client on its own history only. */
  | { readonly kind: "train-alone"; readonly parameters: Float32Array }
  /** Train on everybody's pooled history, in the open: the baseline without privacy. */
  | { readonly kind: "train-centrally"; readonly parameters: Float32Array; readonly seed: number };

/** Worker → parent. */
export type WorkerEvent =
  | { readonly kind: "ready"; readonly engine: string }
  | { readonly kind: "trained" }
  | { readonly kind: "refused"; readonly client: string; readonly reason: string }
  | { readonly kind: "finished" }
  | { readonly kind: "alone"; readonly parameters: ReadonlyMap<string, Float32Array> }
  | { readonly kind: "central"; readonly parameters: Float32Array };
