import { type Engine, type Interaction, initialParameters, type TaskModel } from "@tacit/shared";
import { trainCentrally } from "../baselines/centralised.js";
import { expectedParticipations, trainAlone } from "../baselines/local-only.js";
import { ownPolicyScorer, policyScorer } from "../baselines/policy-scorer.js";
import { popularityScorer } from "../baselines/popularity-scorer.js";
import { randomScorer } from "../baselines/random-scorer.js";
import type { Environment } from "../environments/environment.js";
import type { Scorer } from "../evaluation/scorer.js";
import type { Arm } from "../scenario/arm.js";
import { drawCohort } from "../virtual/clock/draw-cohort.js";
import { hashOf, PURPOSE } from "../virtual/coins.js";
import { type Population, partOf } from "../virtual/columns/population.js";
import { unpackHistory } from "../virtual/columns/unpack-client.js";
import type { RunSpec } from "../virtual/run/run-spec.js";

export interface BaselineOptions {
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

/** What needs no federation. Those that learn take as many steps as the federation does, a client alone at least twenty. */
export function baselineScorer(
  kind: Exclude<Arm["kind"], "federated" | "baseline" | "oracle">,
  options: BaselineOptions,
): Baseline {
  const { model, spec, sample, engine, distinct } = options;
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
      const participations = expectedParticipations(task, spec.population.clients);
      const train = trainAlone({ task, catalogue, engine, participations });
      const alone = sample.clients.map(({ id, history }, i) => {
        const seed = hashOf(spec.seed, PURPOSE.training, 0, i);
        return [id, train(initial, history, seed)] as const;
      });
      return { scorer: ownPolicyScorer(model, new Map(alone), initial) };
    }
    case "centralised": {
      const size = Math.min(task.cohort.size, distinct);
      const all = size === distinct ? Array.from(everybody(options), ({ history }) => history) : undefined;
      const historiesOf = (round: number) =>
        all ??
        drawCohort(spec.seed, round, distinct, size, () => true).map((client) => historyOf(options, client));
      return by(
        trainCentrally({ task, catalogue, engine, parameters: initial, historiesOf, seed: spec.seed }),
      );
    }
  }
}

function* everybody(options: BaselineOptions): Generator<{ readonly history: readonly Interaction[] }> {
  for (let client = 0; client < options.distinct; client++) yield { history: historyOf(options, client) };
}

const historyOf = ({ population, model }: BaselineOptions, client: number): Interaction[] =>
  unpackHistory(partOf(population, client), model.catalogue.ids, client);
