import { readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  createCatalogue,
  createTaskModel,
  currentState,
  decodeModel,
  type Engine,
  type FeatureValue,
  type Item,
  networkShape,
  type PolicyWalkOptions,
  parameterCount,
  parseTask,
  policyScores,
  policyWalk,
  seededRandom,
  splitVersion,
  type TaskSpec,
  taskHash,
  versionLength,
} from "@tacit/shared";
import type { BanditLog, EvaluationRefusal } from "../log/bandit-log.js";
import { refuse } from "../log/refuse.js";
import { refuseUnreadable } from "../log/refuse-rows.js";
import { type EvaluatedPolicy, fixedPolicy, partedPolicy } from "./evaluated-policy.js";
import { explorationMarginals, MOST_EXACT_PLACES } from "./exploration-marginals.js";
import { sampledMarginals } from "./sampled-marginals.js";
import { toldContexts } from "./told-contexts.js";

const GREEDY = "epsilon-greedy";
/** A state without a history is the same at any time. */
const NO_TIME = 0;
/** Of kinds whose marginals have no closed form. */
const SLATES_DRAWN = 1000;

interface ModelPolicyOptions {
  /** A task.json with its model.bin beside it, as a run's `--out` folder has them, or that folder. */
  readonly path: string;
  readonly log: BanditLog;
  readonly engine: Engine;
  /** Epsilon-greedy with it, instead of the task's own exploration. */
  readonly epsilon: number | undefined;
}

/** A trained model's slates for somebody without a history, told what the log tells, under its task's exploration and rules. */
export async function modelPolicy(
  options: ModelPolicyOptions,
): Promise<{ readonly ok: true; readonly policy: EvaluatedPolicy } | EvaluationRefusal> {
  const { path, log, engine } = options;
  const files = await modelFiles(path);
  if (!files.ok) return files;
  const { task, packet } = files;
  const missing = task.catalogue.features.find(
    ({ name }) => !log.items.some(({ features }) => name in features),
  );
  if (missing) {
    const message = `${path}: the model knows items by "${missing.name}", which the items file has not`;
    return refuse("features-differ", message);
  }
  const model = decodeModel(packet, { taskHash: taskHash(task), dimension: versionDimension(task) });
  if (!model.ok) return refuse("not-a-model", `${path}: ${model.message}`);
  const version = splitVersion(task.privacy, model.parameters);
  if (!version) return refuse("not-a-model", `${path}: the version holds no clip`);
  if (log.places > MOST_EXACT_PLACES) {
    return refuse(
      "no-distribution",
      `slates of ${log.places} places: at most ${MOST_EXACT_PLACES} (--places)`,
    );
  }
  if (task.rules?.freshness) {
    return refuse(
      "no-distribution",
      "rules.freshness: what is fresh depends on the time, which logs do not have",
    );
  }
  const told = toldContexts(task, log);
  if (!told.ok) return told;
  const items = log.items.map((item) => asTheTaskReads(task, item));
  const catalogue = createCatalogue(task.catalogue.features, items);
  const everything = Int32Array.from(items, (_, row) => row);
  const exploration: TaskSpec["exploration"] =
    options.epsilon === undefined ? task.exploration : { kind: GREEDY, epsilon: options.epsilon };
  const networks = createTaskModel({ task: { ...task, exploration }, catalogue, engine });
  const random = seededRandom(task.model.seed);
  const policies = told.contexts.map((context) => {
    const marginals = marginalsOf(
      {
        model: networks,
        parameters: version.parameters,
        history: [],
        state: currentState(task, catalogue, [], NO_TIME, context),
        candidates: everything,
        random,
      },
      log.places,
    );
    return fixedPolicy(log.positions, marginals, "");
  });
  const description = `version ${model.modelVersion} of "${task.name}" for somebody without a history, ${describe(networks.task)}`;
  return { ok: true, policy: partedPolicy(told.parts, policies, description) };
}

/** Exact under epsilon-greedy without rules; otherwise counted over slates that are drawn. */
function marginalsOf(options: PolicyWalkOptions, places: number): Float64Array[] {
  const { model, parameters, state, candidates, random } = options;
  const { exploration } = model.task;
  if (isExact(model.task) && exploration.kind === GREEDY) {
    const { logits } = policyScores(model, parameters, state, candidates);
    const ranked = [...candidates].sort((a, b) => (logits[b] ?? 0) - (logits[a] ?? 0) || a - b);
    return explorationMarginals(ranked, places, exploration.epsilon);
  }
  return sampledMarginals(() => policyWalk(options).walk, {
    items: candidates.length,
    places,
    draws: SLATES_DRAWN,
    random,
  });
}

const isExact = ({ exploration, rules }: TaskSpec): boolean =>
  exploration.kind === GREEDY && rules === undefined;

function describe(task: TaskSpec): string {
  const { exploration, rules } = task;
  const kind = exploration.kind === GREEDY ? `epsilon ${exploration.epsilon}` : exploration.kind;
  const ruled = rules ? `${kind} under its rules` : kind;
  return isExact(task) ? ruled : `${ruled}, ${SLATES_DRAWN} slates drawn`;
}

const versionDimension = (task: TaskSpec): number =>
  versionLength(task.privacy, parameterCount(networkShape(task)));

async function modelFiles(
  path: string,
): Promise<{ readonly ok: true; readonly task: TaskSpec; readonly packet: Uint8Array } | EvaluationRefusal> {
  try {
    const folder = (await stat(path)).isDirectory() ? path : dirname(path);
    const text = await readFile(folder === path ? join(folder, "task.json") : path, "utf8");
    const parsed = parseTask(JSON.parse(text));
    if (!parsed.ok) {
      const problems = parsed.problems.map(({ field, message }) => `${field}: ${message}`).join("; ");
      return refuse("not-a-model", `${path} is not a task: ${problems}`);
    }
    return { ok: true, task: parsed.task, packet: await readFile(join(folder, "model.bin")) };
  } catch (error) {
    if (isMissing(error)) {
      return refuse(
        "unreadable",
        `${path}: no policy of that name, and no such file: ${NAMES}, or a task.json`,
      );
    }
    return refuseUnreadable(path, error);
  }
}

const NAMES = "uniform, bernoulli-ts, epsilon-greedy, empirical";

const isMissing = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "ENOENT";

/** A file's category may look like a number. */
function asTheTaskReads(task: TaskSpec, { id, features }: Item): Item {
  const read = new Map<string, FeatureValue>(Object.entries(features));
  for (const { name, kind } of task.catalogue.features) {
    const value = read.get(name);
    if (typeof value === "number" && (kind === "categorical" || kind === "text"))
      read.set(name, String(value));
  }
  return { id, features: Object.fromEntries(read) };
}
