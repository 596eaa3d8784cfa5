import { createTaskModel, type Engine } from "@tacit/shared";
import type { EngineChoice } from "../population/engine-choice.js";
import type { Arm } from "../scenario/arm.js";
import { federatedOutcome } from "../scenario/federated-outcome.js";
import type { Played, TrialOptions, TrialProgress } from "../scenario/scenario.js";
import { ThreadCrew } from "../virtual/crew/thread-crew.js";
import { triedItems } from "../virtual/run/everybody.js";
import { ranked } from "../virtual/run/final-ranking.js";
import type { PreparedRun } from "../virtual/run/prepare-run.js";
import { roundSpecOf } from "../virtual/run/run-plan.js";
import { distinctClients } from "../virtual/run/run-spec.js";
import { type RunProgress, runVirtual } from "../virtual/run/run-virtual.js";
import { sampleOf } from "../virtual/run/sample.js";
import { baselineScorer } from "./baseline-scorer.js";
import { rankingMetrics } from "./ranking-metrics.js";

export type RankingArm = Exclude<Arm, { readonly kind: "baseline" | "oracle" }>;

export interface PlayRankingOptions extends TrialOptions {
  readonly prepared: PreparedRun;
  readonly engine: Engine;
  /** By which the workers find the same one. */
  readonly engineChoice: EngineChoice;
  readonly workers: number;
  /** Clients that every arm is judged on, and the local-only arm is trained for. */
  readonly users: number;
}

const LOOKS = 20;

/** Plays one arm for one population, and judges it on a sample that is the same for all arms of a seed. */
export const playRanking = (arm: RankingArm, options: PlayRankingOptions): Promise<Played> =>
  arm.kind === "federated" ? playFederation(options) : playBaseline(arm.kind, options);

async function playFederation(options: PlayRankingOptions): Promise<Played> {
  const { prepared, engineChoice, workers } = options;
  const { spec } = prepared;
  const { state, ranking, heard } = await runVirtual({
    ...options,
    startCrew: (round, { catalogue, population }) =>
      ThreadCrew.start({ spec: round, catalogue, population, engine: engineChoice, workers }),
    evaluateEvery: Math.max(1, Math.round(spec.task.rounds / LOOKS)),
    progress: telling(options.progress),
  });
  return {
    metrics: rankingMetrics(ranking.model),
    users: ranking.users,
    ...federatedOutcome(spec, state, state.initialHitRate, (round) => round.hitRate, heard),
  };
}

async function playBaseline(
  kind: Exclude<RankingArm["kind"], "federated">,
  { prepared, engine, engineChoice, workers, users, signal, progress }: PlayRankingOptions,
): Promise<Played> {
  const { spec, catalogue, population: source } = prepared;
  const crew = await ThreadCrew.start({
    spec: roundSpecOf(spec),
    catalogue,
    population: source,
    engine: engineChoice,
    workers,
  });
  try {
    const { population } = crew;
    const model = createTaskModel({ task: spec.task, catalogue, engine });
    const distinct = distinctClients(spec);
    const crowd = { model, population, distinct, seed: spec.seed };
    const sample = sampleOf(crowd, users);
    const { scorer, parameters } = await baselineScorer(kind, {
      model,
      population,
      distinct,
      sample,
      spec,
      engine,
      signal,
      progress,
    });
    const metrics = rankingMetrics(
      ranked(scorer, { ...model, sample, tried: triedItems(crowd), seed: spec.seed }),
    );
    const judged = { metrics, users: sample.clients.length };
    return { ...judged, course: [], privacy: null, modelHash: null, ...(parameters && { parameters }) };
  } finally {
    await crew.close();
  }
}

function telling(progress: TrialProgress): RunProgress {
  let hits = "";
  return {
    population: () => {},
    round({ modelVersion, hitRate }, rounds) {
      if (hitRate !== undefined) hits = `, HR@10 ${hitRate.toFixed(3)}`;
      progress(modelVersion, rounds, `round ${modelVersion}/${rounds}${hits}`);
    },
    stop: () => {},
  };
}
