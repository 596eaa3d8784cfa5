import type { Engine } from "@tacit/shared";
import type { Device } from "./device/device.js";
import { participations } from "./ledger/ledger.js";
import type { ModelKeeper } from "./model/model-keeper.js";
import type { RecommenderStatus } from "./recommender.js";
import type { LateLearner } from "./training/late-learner.js";

interface StatusSources extends Pick<RecommenderStatus, "phase" | "paused" | "lastProblem"> {
  readonly device: Device | undefined;
  readonly keeper: ModelKeeper;
  readonly learner: LateLearner | undefined;
  readonly engine: Engine | undefined;
}

/** What a recommender says of itself, from the parts that it has by now. */
export function statusOf({ device, keeper, learner, engine, ...said }: StatusSources): RecommenderStatus {
  const { model, finished } = keeper;
  const history = device?.history ?? [];
  return {
    ...said,
    connected: learner?.connected ?? false,
    consent: device?.consent ?? "unknown",
    training: learner?.training ?? false,
    modelVersion: model?.modelVersion,
    finished,
    engine: engine?.name,
    interactions: history.length,
    unknownItems: model
      ? history.filter(({ itemId }) => model.catalogue.index(itemId) === undefined).length
      : 0,
    participations: device && model ? participations(device.ledger, model.taskHash) : 0,
    pendingUpdate: learner?.pendingUpdate ?? false,
  };
}
