import type { Step } from "../layers/step.js";
import { NeedsTfjsError } from "../needs-tfjs-error.js";
import { attentionLayer } from "./attention.js";
import { gatedFusionLayer } from "./gated-fusion.js";
import { gruLayer } from "./gru.js";
import { lastEventLayer } from "./last-event.js";
import type { Layer, Memory } from "./layer.js";
import { layerNormLayer } from "./layer-norm.js";
import { linearLayer } from "./linear.js";
import { lstmLayer } from "./lstm.js";
import { scoreLayer } from "./score.js";
import { softmaxLossLayer } from "./softmax-loss.js";
import { sparseLinearLayer } from "./sparse-linear.js";
import { tableMinimumLayer } from "./table-minimum.js";
import { valueLossLayer } from "./value-loss.js";
import { weightedMeanLayer } from "./weighted-mean.js";

export interface Pass {
  forward(): void;
  backward(): void;
}

/** A step's two passes over one memory. */
export function passOf(step: Step, memory: Memory): Pass {
  switch (step.kind) {
    case "attention":
      return bind(attentionLayer, step, memory);
    case "gated-fusion":
      return bind(gatedFusionLayer, step, memory);
    case "gru":
      return bind(gruLayer, step, memory);
    case "last-event":
      return bind(lastEventLayer, step, memory);
    case "layer-norm":
      return bind(layerNormLayer, step, memory);
    case "layers-model":
      throw new NeedsTfjsError("reference");
    case "linear":
      return bind(linearLayer, step, memory);
    case "lstm":
      return bind(lstmLayer, step, memory);
    case "score":
      return bind(scoreLayer, step, memory);
    case "softmax-loss":
      return bind(softmaxLossLayer, step, memory);
    case "sparse-linear":
      return bind(sparseLinearLayer, step, memory);
    case "table-minimum":
      return bind(tableMinimumLayer, step, memory);
    case "value-loss":
      return bind(valueLossLayer, step, memory);
    case "weighted-mean":
      return bind(weightedMeanLayer, step, memory);
  }
}

function bind<S>(layer: Layer<S>, step: S, memory: Memory): Pass {
  return { forward: () => layer.forward(step, memory), backward: () => layer.backward(step, memory) };
}
