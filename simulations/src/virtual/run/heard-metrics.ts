import { toldMetrics } from "@tacit/server";
import {
  type EffectiveItems,
  finish,
  type Interaction,
  type MetricName,
  type MetricSum,
  measureReceived,
  seededRandom,
  type TaskModel,
  taskHash,
} from "@tacit/shared";
import { type Estimate, estimate } from "../../evaluation/estimate.js";
import { hashOf, PURPOSE } from "../coins.js";
import { countedSlates } from "./counted-slates.js";
import { FINAL_USERS } from "./final-ranking.js";
import type { RunState } from "./run-state.js";
import { type SampledFrom, sampleOf } from "./sample.js";

/** One metric that the task names. */
export interface HeardMetric {
  readonly name: MetricName;
  /** By the rounds' sums, with the error that noise leaves; null: they did not tell. */
  readonly heard: Estimate | null;
  /** What clients measure of the last version, without sums and noise; null: of training, or there is nothing to measure. */
  readonly open: Estimate | null;
  /** The same by counting, not by the item prior: of `novelty` and `popularity-lift`. */
  readonly counted?: number;
}

/** Of how many items all that is shown could be, each of them equally often. */
export interface HeardExposure {
  /** By the rounds' sums; null: it cannot be told from noise. */
  readonly heard: EffectiveItems | null;
  /** Of the last version's slates. */
  readonly counted: number;
  /** Share of the catalogue in anybody's slate. */
  readonly coverage: number;
  readonly catalogue: number;
}

/** What the sums of a run told, beside the same with everybody looked at. */
export interface HeardMetrics {
  /** The later half of all, in which the model changes least. */
  readonly rounds: number;
  readonly users: number;
  readonly means: readonly HeardMetric[];
  readonly exposure?: HeardExposure;
}

/** A federation at its end. */
interface HeardFrom {
  readonly model: TaskModel;
  readonly seed: number;
  /** Whoever is looked at, with a number of its own; asked for only where there is something to measure. */
  readonly clients: () => readonly { readonly client: number; readonly history: readonly Interaction[] }[];
  /** The last version, and the parameters of its network. */
  readonly modelVersion: number;
  readonly parameters: Float32Array;
  /** What each round's sum told, in their order. */
  readonly rounds: readonly (readonly MetricSum[])[];
}

/** Nothing for tasks that name no metrics. */
export function heardMetrics({
  model,
  seed,
  modelVersion,
  parameters,
  rounds,
  ...from
}: HeardFrom): HeardMetrics | undefined {
  const { metrics = [] } = model.task.privacy;
  if (metrics.length === 0) return undefined;
  const clients = from.clients();
  const version = { taskHash: taskHash(model.task), modelVersion };
  const measured = clients.map(({ client, history }) => {
    const random = seededRandom(hashOf(seed, PURPOSE.training, modelVersion, client));
    return new Map(Object.entries(finish(measureReceived({ model, parameters, history, random, version }))));
  });
  const counted = countedSlates(
    model,
    parameters,
    clients.map(({ history }) => history),
  );
  const byCounting = new Map<MetricName, number | undefined>([
    ["novelty", counted.novelty],
    ["popularity-lift", counted.popularityLift],
  ]);
  const later = rounds.slice(Math.floor(rounds.length / 2));
  const told = toldMetrics(later, model.catalogue.size);
  const names = metrics.map(({ name }) => name);
  return {
    rounds: later.length,
    users: clients.length,
    means: names
      .filter((name) => name !== "exposure")
      .map((name) => {
        const own = measured.flatMap((one) => one.get(name) ?? []);
        const mean = told.means.find((one) => one.name === name);
        const exact = byCounting.get(name);
        return {
          name,
          heard: mean ? { mean: mean.mean, standardError: mean.standardError } : null,
          open: own.length > 0 ? estimate(own) : null,
          ...(exact !== undefined && { counted: exact }),
        };
      }),
    ...(names.includes("exposure") && {
      exposure: {
        heard: told.shown?.items ?? null,
        counted: counted.effectiveItems,
        coverage: counted.share,
        catalogue: model.catalogue.size,
      },
    }),
  };
}

/** The same of a run of virtual clients. */
export const heardInRun = (
  from: SampledFrom,
  { head, rounds }: Pick<RunState, "head" | "rounds">,
  parameters: Float32Array,
): HeardMetrics | undefined =>
  heardMetrics({
    ...from,
    clients: () =>
      sampleOf(from, FINAL_USERS).clients.map(({ id, history }) => ({ client: Number(id), history })),
    modelVersion: head.modelVersion,
    parameters,
    rounds: rounds.map(({ metrics = [] }) => metrics),
  });
