import {
  createCatalogue,
  createTaskModel,
  currentState,
  type Engine,
  type PolicyWalkOptions,
  policyScores,
  policyWalk,
  seededRandom,
  type TaskSpec,
} from "@tacit/shared";
import { asTheTaskReads } from "../../datasets/as-the-task-reads.js";
import { readTrainedModel } from "../../trained-model/read-trained-model.js";
import type { BanditLog, EvaluationRefusal } from "../log/bandit-log.js";
import { loggedMoments } from "../log/logged-moments.js";
import { refuse } from "../log/refuse.js";
import { type EvaluatedPolicy, fixedPolicy, partedPolicy } from "./evaluated-policy.js";
import { explorationMarginals, MOST_EXACT_PLACES } from "./exploration-marginals.js";
import { NAMED_POLICIES } from "./named-policies.js";
import { sampledMarginals } from "./sampled-marginals.js";

const GREEDY = "epsilon-greedy";
/** Of policies whose marginals have no closed form, at each moment. */
const SLATES_DRAWN = 1000;
/** A million slates: minutes. */
const MOST_MOMENTS_DRAWN = 1000;
/** Of items at places at moments, held at once: 400 MB. */
const MOST_PROBABILITIES = 50_000_000;

interface ModelPolicyOptions {
  /** A task.json with its model.bin beside it, as a run's `--out` folder has them, or that folder. */
  readonly path: string;
  readonly log: BanditLog;
  readonly engine: Engine;
  /** Epsilon-greedy with it, instead of the task's own exploration. */
  readonly epsilon: number | undefined;
}

/**
 * A trained model's slates for somebody without a history, told what the log tells of each moment, under the exploration and
 * rules of its task.
 */
export async function modelPolicy(
  options: ModelPolicyOptions,
): Promise<{ readonly ok: true; readonly policy: EvaluatedPolicy } | EvaluationRefusal> {
  const { path, log, engine } = options;
  const read = await readTrainedModel(path);
  if (!read.ok) {
    if (read.reason !== "not-found") return refuse(read.reason, read.message);
    const message = `${path}: no policy of that name, and no such file: ${NAMED_POLICIES.join(", ")}, or a task.json`;
    return refuse("unreadable", message);
  }
  const { task, parameters, modelVersion } = read.model;
  const items = log.items.map((item) => asTheTaskReads(task, item));
  // An item's id is its own, whatever columns there are.
  const missing = task.catalogue.features.find(
    ({ name, kind }) => kind !== "id" && !items.some(({ features }) => name in features),
  );
  if (missing) {
    const message = `${path}: the model knows items by "${missing.name}", which the items file has not`;
    return refuse("features-differ", message);
  }
  if (task.model.itemEncoder === "graph") {
    return refuse("features-differ", "catalogue.relations: an items file has none for the graph encoder");
  }
  if (log.places > MOST_EXACT_PLACES) {
    return refuse(
      "no-distribution",
      `slates of ${log.places} places: at most ${MOST_EXACT_PLACES} (--places)`,
    );
  }
  const logged = loggedMoments(task, log);
  if (!logged.ok) return logged;
  const { moments, ofRound } = logged;
  const exploration: TaskSpec["exploration"] =
    options.epsilon === undefined ? task.exploration : { kind: GREEDY, epsilon: options.epsilon };
  const evaluated = { ...task, exploration };
  const most = Math.min(
    isExact(evaluated) ? Number.POSITIVE_INFINITY : MOST_MOMENTS_DRAWN,
    Math.floor(MOST_PROBABILITIES / (log.places * log.items.length)),
  );
  if (moments.length > most) {
    const message = `context.features and rules.freshness make ${moments.length} different moments of the log: at most ${most} (--places)`;
    return refuse("no-distribution", message);
  }
  const catalogue = createCatalogue(task.catalogue.features, items);
  const walked = {
    model: createTaskModel({ task: evaluated, catalogue, engine }),
    parameters,
    history: [],
    candidates: Int32Array.from(items, (_, row) => row),
    random: seededRandom(task.model.seed),
  };
  const policies = moments.map(({ at, context }) => {
    const state = currentState(task, catalogue, [], at, context);
    return fixedPolicy(log.positions, marginalsOf({ ...walked, state }, log.places), "");
  });
  const description = `version ${modelVersion} of "${task.name}" for somebody without a history, ${describe(evaluated, moments.length)}`;
  return { ok: true, policy: partedPolicy(ofRound, policies, description) };
}

/** Whether the places above say nothing of an item but that it was shown. */
const isExact = ({ exploration, rules }: TaskSpec): boolean =>
  exploration.kind === GREEDY && rules === undefined;

/** Exact under epsilon-greedy without rules; otherwise counted over slates that are drawn. */
function marginalsOf(options: PolicyWalkOptions, places: number): Float64Array[] {
  const { model, parameters, state, candidates, random } = options;
  const { exploration } = model.task;
  if (exploration.kind === GREEDY && isExact(model.task)) {
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

function describe(task: TaskSpec, moments: number): string {
  const { exploration, rules } = task;
  return [
    exploration.kind === GREEDY ? `epsilon ${exploration.epsilon}` : exploration.kind,
    ...(rules ? ["under its rules"] : []),
    ...(moments > 1 ? [`${moments} moments`] : []),
    ...(isExact(task) ? [] : [`${SLATES_DRAWN} slates drawn${moments > 1 ? " at each" : ""}`]),
  ].join(", ");
}
