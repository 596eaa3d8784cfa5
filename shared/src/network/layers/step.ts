import type { AttentionStep } from "./attention.js";
import type { GatedFusionStep } from "./gated-fusion.js";
import type { GruStep } from "./gru.js";
import type { LastEventStep } from "./last-event.js";
import type { LayerNormStep } from "./layer-norm.js";
import type { LayersModelStep } from "./layers-model.js";
import type { LinearStep } from "./linear.js";
import type { LstmStep } from "./lstm.js";
import type { ScoreStep } from "./score.js";
import type { SoftmaxLossStep } from "./softmax-loss.js";
import type { SparseLinearStep } from "./sparse-linear.js";
import type { TableMinimumStep } from "./table-minimum.js";
import type { ValueLossStep } from "./value-loss.js";
import type { WeightedMeanStep } from "./weighted-mean.js";

/** One layer at its place in a network. */
export type Step =
  | AttentionStep
  | GatedFusionStep
  | GruStep
  | LastEventStep
  | LayerNormStep
  | LayersModelStep
  | LinearStep
  | LstmStep
  | ScoreStep
  | SoftmaxLossStep
  | SparseLinearStep
  | TableMinimumStep
  | ValueLossStep
  | WeightedMeanStep;
