import { type Coordinator, startCoordinator } from "@tacit/server";
import {
  type Catalogue,
  createTaskModel,
  initialParameters,
  type MetricSum,
  networkShape,
  type TaskSpec,
  taskHash,
} from "@tacit/shared";
import { ownPolicyScorer, policyScorer } from "../baselines/policy-scorer.js";
import { popularityScorer } from "../baselines/popularity-scorer.js";
import { randomScorer } from "../baselines/random-scorer.js";
import { taskCatalogue } from "../datasets/task-catalogue.js";
import type { Environment } from "../environments/environment.js";
import { difference } from "../evaluation/estimate.js";
import { type Evaluation, evaluate, METRICS, type MetricName } from "../evaluation/evaluate.js";
import type { Scorer } from "../evaluation/scorer.js";
import { chooseEngine, type EngineChoice } from "../population/engine-choice.js";
import { Population } from "../population/population.js";
import type { CohortReport, Progress } from "../progress/progress.js";
import { FINAL_USERS } from "../virtual/run/final-ranking.js";
import { heardMetrics } from "../virtual/run/heard-metrics.js";
import { ARMS, type Arm, type ArmName, type SimulationResult } from "./simulation-result.js";

export interface SimulationOptions {
  readonly environment: Environment;
  readonly task: TaskSpec;
  readonly engine: EngineChoice;
  readonly workers: number;
  readonly seed: number;
  /** Draws of the 99 candidates beside each held-out item. */
  readonly evaluationSeeds: readonly number[];
  /** Folder of the coordinator's database; in memory when left out. */
  readonly data?: string | undefined;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** Users whose ranking is looked at after every round. */
const SAMPLE = 200;

/** Federates real clients over real sockets, trains the baselines, and compares them all on the same held-out items. */
export async function runSimulation(options: SimulationOptions): Promise<SimulationResult> {
  const { environment, task, progress, signal, seed } = options;
  const started = performance.now();
  const engine = await chooseEngine(options.engine);
  const catalogue = taskCatalogue(task, environment.items);
  const clients = environment.clients.map(({ id, history }, i) => ({
    id,
    history,
    seed: seed * 1_000_003 + i,
  }));
  const initial = initialParameters(networkShape(task), task.model.seed);
  const { data } = options;
  const coordinator = await startCoordinator({ task, port: 0, data });
  const population = new Population({
    ...options,
    items: environment.items,
    clients,
    onTrained: () => progress.advance(),
  });
  const sampled = { ...environment, clients: environment.clients.slice(0, SAMPLE) };
  const model = createTaskModel({ task, catalogue, engine });
  const look = (parameters: Float32Array) =>
    evaluate(policyScorer(model, parameters), sampled, catalogue, options.evaluationSeeds.slice(0, 1))
      .metrics["hr@10"].mean;
  const course = [look(coordinator.parameters())];
  const cohorts: CohortReport[] = [];
  const told: (readonly MetricSum[])[] = [];
  try {
    const aborted = whenAborted(signal);
    const within = <Result>(work: Promise<Result>) => Promise.race([work, aborted]);
    await within(population.ready());
    progress.start({ rounds: task.rounds, clients: clients.length, ...priceOf(coordinator) });
    coordinator.onRound(({ round, aggregation }) => {
      const { selected, contributors } = round;
      const cohort = aggregation && { selected, contributors, ...aggregation };
      if (cohort) cohorts.push(cohort);
      told.push(round.metrics);
      const metric = look(coordinator.parameters());
      course.push(metric);
      progress.round({ round: round.modelVersion, metric, cohort, ...priceOf(coordinator) });
    });
    const central = population.trainCentrally(initial, seed);
    // Awaited only after the federation: a worker that fails meanwhile must not end the process before it is told of.
    central.catch(() => undefined);
    await within(population.federate(coordinator.url));
    const parameters = coordinator.parameters();
    progress.phase("each client alone");
    const alone = await within(population.trainAlone(initial));
    progress.phase("centralised");
    const centralised = await within(central);
    progress.phase("comparing");
    const arms = compare(options, catalogue, {
      random: randomScorer(seed),
      popularity: popularityScorer(task, catalogue, environment.clients),
      initial: policyScorer(model, initial),
      "local-only": ownPolicyScorer(model, alone, initial),
      "federated-private": policyScorer(model, parameters),
      centralised: policyScorer(model, centralised),
    });
    const { bytesPerUpdate, privacy } = coordinator.status();
    return {
      task,
      taskHash: taskHash(task),
      environment: environment.name,
      rewardMeaning: environment.rewardMeaning,
      clients: clients.length,
      users: environment.clients.length,
      rounds: task.rounds,
      parameters,
      bytesPerUpdate,
      privacy,
      arms,
      course,
      cohorts,
      heard: heardMetrics({
        model,
        seed,
        clients: () =>
          environment.clients.slice(0, FINAL_USERS).map(({ history }, client) => ({ client, history })),
        modelVersion: task.rounds,
        parameters,
        rounds: told,
      }),
      engine: engine.name,
      workers: options.workers,
      seed,
      evaluationSeeds: options.evaluationSeeds,
      seconds: (performance.now() - started) / 1000,
    };
  } finally {
    progress.stop();
    await population.close();
    await coordinator.close();
  }
}

function priceOf(coordinator: Coordinator) {
  const { bytesPerUpdate, privacy } = coordinator.status();
  return { bytesPerUpdate, epsilon: privacy.releases.epsilon };
}

function whenAborted(signal: AbortSignal): Promise<never> {
  const aborted = new Promise<never>((_, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
  aborted.catch(() => undefined);
  return aborted;
}

/** Every arm ranks the same candidates for the same users. */
function compare(
  { environment, evaluationSeeds }: SimulationOptions,
  catalogue: Catalogue,
  scorers: Readonly<Record<ArmName, Scorer>>,
): Arm[] {
  const evaluations = ARMS.map((name): [ArmName, Evaluation] => [
    name,
    evaluate(scorers[name], environment, catalogue, evaluationSeeds),
  ]);
  const own = new Map(evaluations).get("federated-private");
  return evaluations.map(([name, evaluation]) => {
    const leadIn = (metric: MetricName) => difference(own?.perUser[metric] ?? [], evaluation.perUser[metric]);
    const [hr, ndcg, mrr, reward] = METRICS;
    return {
      name,
      evaluation,
      lead: { [hr]: leadIn(hr), [ndcg]: leadIn(ndcg), [mrr]: leadIn(mrr), [reward]: leadIn(reward) },
    };
  });
}
