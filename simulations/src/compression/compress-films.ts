import { gzipSync } from "node:zlib";
import type { ModelVersion } from "@tacit/server";
import {
  createCatalogue,
  createTaskModel,
  type Encoding,
  type Engine,
  encodeDelivery,
  taskHash as taskHashOf,
} from "@tacit/shared";
import { policyScorer } from "../baselines/policy-scorer.js";
import { moviesEnvironment } from "../environments/movies.js";
import { evaluate } from "../evaluation/evaluate.js";
import { moviesTask } from "../task-defaults/movies-task.js";
import { distil } from "./distil.js";
import { federate } from "./federate.js";
import { prune } from "./prune.js";

const SPARSITIES = [0.5, 0.75, 0.9];
const EVALUATION_SEED = 1;
/** Half of each width of the films' own network, and the steps that a student learns in. */
const STUDENT = { embedding: 8, hidden: 4 };
const STUDENT_STEPS = { localSteps: 3 };

/** What one form of a model costs to download, in bytes behind HTTP's compression, and how well it then ranks. */
export interface Compressed {
  readonly form: string;
  readonly whole: number;
  /** From the version before, in the mean of all rounds; undefined where there is none. */
  readonly delta?: number;
  readonly hitRate: number;
}

interface CompressFilmsOptions {
  readonly clients: number;
  readonly rounds: number;
  readonly epsilon: number | undefined;
  readonly encoding: Encoding;
  readonly engine: Engine;
  readonly seed: number;
}

/** A federation over the films' people whose versions have one encoding; its last float32 one is also pruned and distilled. */
export function compressFilms(options: CompressFilmsOptions): Compressed[] {
  const { clients, rounds, epsilon, encoding, engine, seed } = options;
  const environment = moviesEnvironment({ clients, seed });
  const task = moviesTask(environment, {
    rounds,
    seed,
    epsilon: epsilon ?? 1000,
    overrides: { delivery: { encoding, deltas: true } },
  });
  const catalogue = createCatalogue(task.catalogue.features, environment.items);
  const model = createTaskModel({ task, catalogue, engine });
  const noise = epsilon !== undefined;
  const versions = federate({ task, catalogue, clients: environment.clients, engine, seed, noise });
  const first = { modelVersion: 0, parameters: versions[0]?.parameters ?? new Float32Array() };
  const last = versions.at(-1)?.parameters ?? first.parameters;
  const hitRate = (parameters: Float32Array) =>
    evaluate(policyScorer(model, parameters), environment, catalogue, [EVALUATION_SEED]).metrics["hr@10"]
      .mean;
  const taskHash = taskHashOf(task);
  const delivery = { encoding, deltas: true };
  const bytes = (version: Pick<ModelVersion, "modelVersion" | "parameters">, base?: ModelVersion) =>
    gzipSync(
      encodeDelivery({ taskHash, ...version }, { delivery, parameters: version.parameters.length, base }),
    ).length;
  const deltas = versions.slice(1).map((version, i) => bytes(version, versions[i]));
  const exact = encoding === "float32";
  const pruned = exact ? SPARSITIES : [];
  const distilled = () => {
    const student = {
      ...task,
      model: { ...task.model, ...STUDENT },
      learning: { ...task.learning, ...STUDENT_STEPS },
      rounds: 1,
    };
    const parameters = distil({ teacher: model, parameters: last, student, engine, seed });
    const networks = createTaskModel({ task: student, catalogue, engine });
    const ranked = evaluate(policyScorer(networks, parameters), environment, catalogue, [EVALUATION_SEED]);
    return {
      form: "float32, distilled",
      whole: bytes({ modelVersion: rounds, parameters }),
      hitRate: ranked.metrics["hr@10"].mean,
    };
  };
  return [
    {
      form: encoding,
      whole: bytes({ modelVersion: rounds, parameters: last }),
      delta: deltas.reduce((sum, length) => sum + length, 0) / deltas.length,
      hitRate: hitRate(last),
    },
    ...pruned.map((sparsity) => {
      const parameters = prune(last, sparsity);
      const whole = bytes({ modelVersion: rounds, parameters });
      return { form: `float32, ${100 * sparsity} % pruned`, whole, hitRate: hitRate(parameters) };
    }),
    ...(exact
      ? [distilled(), { form: "version 0", whole: bytes(first), hitRate: hitRate(first.parameters) }]
      : []),
  ];
}
