import type { Step } from "../../layers/step.js";
import { NeedsTfjsError } from "../../needs-tfjs-error.js";
import type { LayerCalls, Site } from "../site.js";
import { attentionCalls } from "./attention-calls.js";
import { gatedFusionCalls } from "./gated-fusion-calls.js";
import { gruCalls } from "./gru-calls.js";
import { lastEventCalls } from "./last-event-calls.js";
import { layerNormCalls } from "./layer-norm-calls.js";
import { linearCalls } from "./linear-calls.js";
import { lstmCalls } from "./lstm-calls.js";
import { scoreCalls } from "./score-calls.js";
import { softmaxLossCalls } from "./softmax-loss-calls.js";
import { sparseLinearCalls } from "./sparse-linear-calls.js";
import { tableMinimumCalls } from "./table-minimum-calls.js";
import { valueLossCalls } from "./value-loss-calls.js";
import { weightedMeanCalls } from "./weighted-mean-calls.js";

/** A step as calls into the kernel. */
export function callsOf(step: Step, site: Site): LayerCalls {
  switch (step.kind) {
    case "attention":
      return attentionCalls(step, site);
    case "gated-fusion":
      return gatedFusionCalls(step, site);
    case "gru":
      return gruCalls(step, site);
    case "last-event":
      return lastEventCalls(step, site);
    case "layer-norm":
      return layerNormCalls(step, site);
    case "layers-model":
      throw new NeedsTfjsError("kernel");
    case "linear":
      return linearCalls(step, site);
    case "lstm":
      return lstmCalls(step, site);
    case "score":
      return scoreCalls(step, site);
    case "softmax-loss":
      return softmaxLossCalls(step, site);
    case "sparse-linear":
      return sparseLinearCalls(step, site);
    case "table-minimum":
      return tableMinimumCalls(step, site);
    case "value-loss":
      return valueLossCalls(step, site);
    case "weighted-mean":
      return weightedMeanCalls(step, site);
  }
}
