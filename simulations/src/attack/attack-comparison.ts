import { createHash } from "node:crypto";
import {
  createCatalogue,
  createTaskModel,
  type Engine,
  initialParameters,
  networkShape,
  seededRandom,
  type TaskSpec,
  trainLocally,
} from "@tacit/shared";
import { policyScorer } from "../baselines/policy-scorer.js";
import type { Environment } from "../environments/environment.js";
import type { Estimate } from "../evaluation/estimate.js";
import { evaluate } from "../evaluation/evaluate.js";
import { attackTraining, type Train } from "./attack-training.js";
import { ATTACKS, type Attack } from "./attacks.js";
import { DEFENCES, type Defence, defendedTask } from "./defences.js";

export interface AttackOptions {
  /** Its first people are clients; the others take no part, and only say how good the model has become. */
  readonly environment: Environment;
  readonly clients: number;
  /** Of an undefended training; each defence changes what it needs. */
  readonly task: TaskSpec;
  readonly engine: Engine;
  readonly groups: number;
  /** How many clients are corrupt: the first. */
  readonly corrupt: number;
  readonly noiseMultiplier: number;
  readonly seed: number;
  /** Told before every training. */
  onTraining?(training: { readonly defence: Defence; readonly attack: Attack }): void;
}

/** What one attack did to one defence; all but the distance after the last round, for people who took no part. */
export interface AttackCell extends Defence {
  readonly attack: Attack;
  readonly hitRate: number;
  readonly reward: number;
  readonly distance: number;
  readonly lostRounds: number;
}

export interface AttackComparison {
  /** Before any training. */
  readonly initialHitRate: Estimate;
  readonly cells: readonly AttackCell[];
}

export const TRAININGS = ATTACKS.length * DEFENCES.length;
const EVALUATION_SEEDS = [101, 102, 103];

/** Every attack against every defence, on the same people, the same coins and the same candidates. */
export function compareAttacks(options: AttackOptions): AttackComparison {
  const { environment, clients, corrupt, task, engine, seed } = options;
  const catalogue = createCatalogue(task.catalogue.features, environment.items);
  const model = createTaskModel({ task, catalogue, engine });
  const onlookers = { ...environment, clients: environment.clients.slice(clients) };
  const look = (parameters: Float32Array) =>
    evaluate(policyScorer(model, parameters), onlookers, catalogue, EVALUATION_SEEDS).metrics;
  const train = trainer(options);
  const cells: AttackCell[] = [];
  for (const defence of DEFENCES) {
    const defended = defendedTask(task, defence, options);
    for (const attack of ATTACKS) {
      options.onTraining?.({ defence, attack });
      const { parameters, ...damage } = attackTraining({ task: defended, attack, corrupt, train, seed });
      const { "hr@10": hits, reward } = look(parameters);
      cells.push({ ...defence, attack, hitRate: hits.mean, reward: reward.mean, ...damage });
    }
  }
  const initial = initialParameters(networkShape(task), task.model.seed);
  return { initialHitRate: look(initial)["hr@10"], cells };
}

/** Trains clients one after the other; what begins alike in several trainings is made once. */
function trainer({ environment, clients, corrupt, task, engine, seed }: AttackOptions): Train {
  const catalogue = createCatalogue(task.catalogue.features, environment.items);
  const weights = Object.fromEntries(
    Object.entries(task.reward.weights).map(([kind, weight]) => [kind, -weight]),
  );
  const honest = createTaskModel({ task, catalogue, engine });
  const flipped = createTaskModel({
    task: { ...task, reward: { ...task.reward, weights } },
    catalogue,
    engine,
  });
  const update = (parameters: Float32Array, round: number, i: number, flip: boolean): Float32Array => {
    const history = environment.clients[i]?.history ?? [];
    const random = seededRandom(seed * 1_000_003 + round * 1009 + i);
    const trained = trainLocally({ model: flip ? flipped : honest, parameters, history, random });
    return trained.ok
      ? trained.parameters.map((value, at) => value - (parameters[at] ?? 0))
      : new Float32Array(parameters.length);
  };
  const made = new Map<string, Float32Array>();
  return (parameters, round, rewardFlipped) => {
    const from = createHash("sha256").update(parameters).digest("hex");
    return Array.from({ length: clients }, (_, i) => {
      const flip = rewardFlipped && i < corrupt;
      const key = `${from} ${round} ${i} ${flip}`;
      const known = made.get(key) ?? update(parameters, round, i, flip);
      made.set(key, known);
      return known;
    });
  };
}
