import { createOptimiser } from "@tacit/server";
import {
  addSealed,
  type ByteSource,
  createCatalogue,
  createMechanism,
  createTaskModel,
  type Engine,
  emptySum,
  initialParameters,
  type Mechanism,
  networkShape,
  planSealing,
  platformBytes,
  releasesStatement,
  rotationSeed,
  type SealingPlan,
  seededRandom,
  type TaskModel,
  type TaskSpec,
  taskHash,
  trainLocally,
} from "@tacit/shared";
import type { Environment } from "../environments/environment.js";
import { type Canary, dot, drawCanaries } from "./canaries.js";
import { type Sabotage, sabotage } from "./sabotage.js";
import { tellApart } from "./tell-apart.js";
import { type AuditVerdict, verdict } from "./verdict.js";

export interface AuditOptions {
  readonly environment: Environment;
  /** Its cohort is all clients and all canaries. */
  readonly task: TaskSpec;
  readonly canaries: number;
  readonly engine: Engine;
  readonly seed: number;
  readonly sabotage: Sabotage;
  /** Noise: the platform's, but for a reproducible test. */
  readonly bytes?: ByteSource;
  /** Told after every round. */
  onRound?(round: number): void;
}

/** Their updates are longer than the clip, so that only clipping keeps them to it. */
const CANARY_LENGTH = 4;
const COIN_VARIANCE = 0.25;

/**
 * Trains for all rounds with canaries among the clients, through the product's own sealing and opening, and sees how
 * well the released models tell which canaries were in it. The auditor knows everything else, as the adversary of
 * differential privacy does: the other clients' clipped updates are taken off before it listens.
 */
export function auditTraining(options: AuditOptions): AuditVerdict {
  const { environment, task, engine, seed, bytes = platformBytes } = options;
  const catalogue = createCatalogue(task.catalogue.features, environment.items);
  const model = createTaskModel({ task, catalogue, engine });
  const optimiser = createOptimiser(task.aggregation);
  const random = seededRandom(seed);
  let parameters = initialParameters(networkShape(task), task.model.seed);
  let state: Float32Array = new Float32Array();
  const planned = planSealing(task, parameters.length);
  if (!planned.ok) throw new RangeError(`${planned.field}: ${planned.message}`);
  const plan = sabotage(planned.plan, options.sabotage);
  const canaries = drawCanaries(options.canaries, parameters.length, random);
  const heard = new Float32Array(parameters.length);

  for (let round = 1; round <= task.rounds; round++) {
    const mechanism = createMechanism(plan, rotationSeed(task, taskHash(task), round - 1));
    const updates = trainClients(options, model, parameters, random.integer(2 ** 31));
    const mean = release(plan, mechanism, [...updates, ...canaryUpdates(canaries, task.privacy.clip)], bytes);
    listen(heard, mean, knownPart(updates, plan, updates.length + canaries.length));
    ({ parameters, state } = optimiser.step(parameters, mean, state));
    options.onRound?.(round);
  }
  const scores = tellApart(
    heard,
    canaries,
    task.privacy.noiseMultiplier ** 2 / (task.rounds * COIN_VARIANCE),
  );
  return verdict(
    canaries.map(({ included }, i) => ({ included, score: scores[i] ?? 0 })),
    releasesStatement(task, parameters.length, task.rounds),
  );
}

function trainClients(
  { environment }: AuditOptions,
  model: TaskModel,
  parameters: Float32Array,
  seed: number,
): Float32Array[] {
  return environment.clients.map(({ history }, i) => {
    const random = seededRandom(seed + i);
    const trained = trainLocally({ model, parameters, history, random });
    return trained.ok
      ? trained.parameters.map((value, at) => value - (parameters[at] ?? 0))
      : new Float32Array(parameters.length);
  });
}

const canaryUpdates = (canaries: readonly Canary[], clip: number) =>
  canaries.map(({ direction, included }) =>
    direction.map((value) => (included ? CANARY_LENGTH * clip * value : 0)),
  );

/** The mean that everybody sees: each update sealed, all summed, the sum opened. */
function release(
  plan: SealingPlan,
  mechanism: Mechanism,
  updates: readonly Float32Array[],
  bytes: ByteSource,
): Float32Array {
  const sum = emptySum(plan);
  for (const update of updates) {
    const sealed = mechanism.seal(update, bytes);
    if (!sealed.ok) throw new Error(`an update could not be sealed: ${sealed.reason}`);
    addSealed(plan, sum, sealed.sealed);
  }
  return mechanism.open(sum, updates.length);
}

function knownPart(updates: readonly Float32Array[], plan: SealingPlan, contributors: number): Float32Array {
  const known = new Float32Array(plan.dimension);
  for (const update of updates) {
    const factor = Math.min(1, plan.clip / Math.sqrt(dot(update, update)) || 0) / contributors;
    for (let i = 0; i < known.length; i++) known[i] = (known[i] ?? 0) + (update[i] ?? 0) * factor;
  }
  return known;
}

function listen(heard: Float32Array, mean: Float32Array, known: Float32Array): void {
  for (let i = 0; i < heard.length; i++) heard[i] = (heard[i] ?? 0) + (mean[i] ?? 0) - (known[i] ?? 0);
}
