import type { FinishedTrial } from "../run-experiment.js";
import { attentionMaps } from "./attention-maps.js";
import { itemMap } from "./item-map.js";
import { modelLook } from "./model-look.js";

/** Of one trained model, where there is one. */
export interface ModelPictures {
  /** Whose model it is. */
  readonly of?: string;
  readonly items?: string | undefined;
  readonly attention?: string | undefined;
}

/** Of the first model that a federation has trained. The attention is that of one client. */
export function modelPictures(trials: readonly FinishedTrial[]): ModelPictures {
  const trained = trials.find(({ arm, parameters }) => arm.startsWith("federated") && parameters);
  if (!trained?.parameters) return {};
  const { prepared, parameters, arm, seed } = trained;
  const { task } = prepared.spec;
  const look = modelLook(task, prepared.catalogue, parameters);
  const vectors = look.itemVectors();
  const attention = look.attention(prepared.sampleHistory());
  return {
    of: `${arm}, seed ${seed}`,
    items: vectors && itemMap(task, prepared.catalogue, vectors),
    attention: attention && attentionMaps(attention),
  };
}
