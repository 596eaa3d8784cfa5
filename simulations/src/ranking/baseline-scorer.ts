import { type Engine, initialParameters, type TaskModel } from "@tacit/shared";
import { trainCentrallyInSteps } from "../baselines/centralised-in-steps.js";
import { expectedParticipations, trainAlone } from "../baselines/local-only.js";
import { ownPolicyScorer, policyScorer } from "../baselines/policy-scorer.js";
import { popularityScorer } from "../baselines/popularity-scorer.js";
import { randomScorer } from "../baselines/random-scorer.js";
import type { Environment } from "../environments/environment.js";
import type { Scorer } from "../evaluation/scorer.js";
import { inSteps } from "../in-steps.js";
import type { Arm } from "../scenario/arm.js";
import type { TrialOptions } from "../scenario/scenario.js";
import { drawCohort } from "../virtual/clock/draw-cohort.js";
import { hashOf, PURPOSE } from "../virtual/coins.js";
import type { Population } from "../virtual/columns/population.js";
import { everybody, historyOf } from "../virtual/run/everybody.js";
import type { RunSpec } from "../virtual/run/run-spec.js";

export interface BaselineOptions extends TrialOptions {
  readonly model: TaskModel;
  readonly population: Population;
  readonly distinct: number;
  readonly sample: Environment;
  readonly spec: RunSpec;
  readonly engine: Engine;
}

interface Baseline {
  readonly scorer: Scorer;
  /** Where everybody ranks by the same. */
  readonly parameters?: Float32Array;
}

/**
 * What needs no federation. Those that learn take as many steps as the federation does, a client alone at least twenty.
 * @throws the signal's reason once it is aborted.
 */
export async function baselineScorer(
  kind: Exclude<Arm["kind"], "federated" | "baseline" | "oracle">,
  options: BaselineOptions,
): Promise<Baseline> {
  const { model, spec, sample, distinct, signal, progress } = options;
  const { task, catalogue, shape } = model;
  const initial = initialParameters(shape, task.model.seed);
  const by = (parameters: Float32Array) => ({ scorer: policyScorer(model, parameters), parameters });
  switch (kind) {
    case "random":
      return { scorer: randomScorer(spec.seed) };
    case "popularity":
      return { scorer: popularityScorer(task, catalogue, everybody(options)) };
    case "initial":
      return by(initial);
    case "local-only": {
      const most = sample.clients.length;
      const alone = await inSteps(eachAlone(options, initial), signal, (done) =>
        progress(done, most, `client ${done}/${most}`),
      );
      return { scorer: ownPolicyScorer(model, alone, initial) };
    }
    case "centralised": {
      const size = Math.min(task.cohort.size, distinct);
      const all = size === distinct ? Array.from(everybody(options), ({ history }) => history) : undefined;
      const historiesOf = (round: number) =>
        all ??
        drawCohort(spec.seed, round, distinct, size, () => true).map((client) => historyOf(options, client));
      return by(
        await trainCentrallyInSteps({
          ...options,
          task,
          catalogue,
          parameters: initial,
          historiesOf,
          seed: spec.seed,
        }),
      );
    }
  }
}

/** The parameters of everybody in the sample, by client; yields how many there are after each of them. */
function* eachAlone(
  { model, spec, sample, engine }: BaselineOptions,
  initial: Float32Array,
): Generator<number, Map<string, Float32Array>> {
  const { task, catalogue } = model;
  const participations = expectedParticipations(task, spec.population.clients);
  const train = trainAlone({ task, catalogue, engine, participations });
  const trained = new Map<string, Float32Array>();
  for (const [i, { id, history }] of sample.clients.entries()) {
    trained.set(id, train(initial, history, hashOf(spec.seed, PURPOSE.training, 0, i)));
    yield trained.size;
  }
  return trained;
}
