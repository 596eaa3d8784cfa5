import type { EngineChoice } from "../../population/engine-choice.js";
import type { FilmPeople } from "../columns/columns-of-films.js";
import type { HistoryColumns } from "../columns/history-columns.js";
import type { Population } from "../columns/population.js";
import type { SharedCatalogue } from "../columns/shared-catalogue.js";
import type { RoundSpec } from "../round/round-spec.js";
import type { ClientPhase, Spent } from "../round/stopwatch.js";

/** Memory that all threads write to and read from. */
export interface SharedRound {
  /** Of one number: the next place, or part, that nobody has taken. */
  readonly cursor: Int32Array<SharedArrayBuffer>;
  readonly parameters: Float32Array<SharedArrayBuffer>;
  readonly clients: Uint32Array<SharedArrayBuffer>;
  readonly measured: Float64Array<SharedArrayBuffer>;
  /** Places × dimension on the protocol path, else empty. */
  readonly sealed: Uint32Array<SharedArrayBuffer>;
}

/** What a thread starts with. */
export interface ThreadStart {
  readonly spec: RoundSpec;
  readonly catalogue: SharedCatalogue;
  readonly engine: EngineChoice;
  readonly round: SharedRound;
  /** This thread's own, which the others only read. */
  readonly sum: Uint32Array<SharedArrayBuffer>;
}

/** Parent → thread. */
export type ThreadCommand =
  | { readonly kind: "make-films"; readonly people: FilmPeople; readonly clients: number }
  | { readonly kind: "population"; readonly population: Population }
  | { readonly kind: "round"; readonly modelVersion: number; readonly places: number };

/** Thread → parent. */
export type ThreadEvent =
  | { readonly kind: "ready"; readonly engine: string }
  | { readonly kind: "part"; readonly part: HistoryColumns }
  | { readonly kind: "made" }
  | { readonly kind: "played"; readonly spent: Spent<ClientPhase> };
