import {
  type Catalogue,
  createMechanism,
  parameterBlocks,
  planAt,
  rotationSeed,
  type SealingPlan,
  splitVersion,
  structuredUpdate,
} from "@tacit/shared";
import { bytesOf, hashOf, PURPOSE } from "../coins.js";
import { type Population, partOf } from "../columns/population.js";
import { unpackHistory } from "../columns/unpack-client.js";
import { MEASURES, NOTHING_SEALED, NOTHING_TRAINED } from "./measures.js";
import type { RoundSpec, RoundWork } from "./round-spec.js";
import type { ClientPhase, Stopwatch } from "./stopwatch.js";
import type { TrainClient } from "./train-client.js";

/** What a thread has ready for the clients that it plays. */
export interface ClientRoom {
  readonly spec: RoundSpec;
  readonly population: Population;
  readonly catalogue: Catalogue;
  readonly train: TrainClient;
  readonly stopwatch: Stopwatch<ClientPhase>;
}

/** Plays the client at this place of the round's list; false, and nothing written, where it makes no update. */
export type SealClient = (place: number, into: Uint32Array, measured: Float64Array) => boolean;

/**
 * One round as its clients see it: unpack the history, train, seal with the product's own mechanism. A sealed update
 * depends on the spec, the version and the client only, never on who else is there or where it is computed.
 */
export function clientRound(room: ClientRoom, { modelVersion, parameters, clients }: RoundWork): SealClient {
  const { spec, population, catalogue, train, stopwatch } = room;
  const { task, taskHash, seed } = spec;
  const version = splitVersion(task.privacy, parameters);
  if (!version) throw new Error(`version ${modelVersion} holds no clip`);
  const plan = planAt(clientPlan(spec), version.clip);
  const mechanism = createMechanism(plan, rotationSeed(task, taskHash, modelVersion));
  const structure = structuredUpdate({ task, taskHash, modelVersion }, parameterBlocks(task));
  return (place, into, measured) => {
    const client = clients[place];
    if (client === undefined) throw new RangeError(`there is no place ${place}`);
    const history = unpackHistory(partOf(population, client), catalogue.ids, client);
    stopwatch.lap("unpack");
    const coin = hashOf(seed, PURPOSE.training, modelVersion, client);
    const trained = train({ modelVersion, parameters: version.parameters }, history, coin, structure);
    measured.set(NOTHING_TRAINED, MEASURES * place);
    if (!trained) return false;
    const coins = bytesOf(seed, PURPOSE.sealing, modelVersion, client);
    const sealed = mechanism.seal(trained.update, coins, trained.measured, into);
    stopwatch.lap("sealing");
    if (!sealed.ok) {
      // As in the product, what cannot be sealed is not sent.
      measured.set(NOTHING_SEALED, MEASURES * place);
      return false;
    }
    measured.set([sealed.norm, trained.loss, trained.reward], MEASURES * place);
    return true;
  };
}

/** On the fast path clients leave their noise to {@link addCohortNoise}. */
function clientPlan({ plan, path }: RoundSpec): SealingPlan {
  return path === "fast" ? { ...plan, shareDeviation: 0 } : plan;
}
