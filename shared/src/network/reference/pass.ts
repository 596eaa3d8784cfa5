import type { NetworkInputs } from "../engine.js";
import type { NetworkLayout } from "../network-layout.js";
import type { NetworkShape } from "../network-shape.js";
import type { Scratch } from "./scratch.js";

/** What every layer of one forward and backward pass reads. */
export interface Pass {
  readonly shape: NetworkShape;
  readonly layout: NetworkLayout;
  readonly inputs: NetworkInputs;
  /** The parameters in double precision, so that this engine can be the others' yardstick. */
  readonly weights: Float64Array;
  readonly scratch: Scratch;
}
