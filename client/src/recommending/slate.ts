import {
  type Catalogue,
  currentState,
  type ExploredItem,
  epsilonGreedy,
  type Interaction,
  type Item,
  type PolicyWalkOptions,
  policyScores,
  type Random,
  type TaskModel,
} from "@tacit/shared";
import type { LocalModel } from "../model/local-model.js";
import type { RecommendedItem, RecommendOptions } from "../recommender.js";

const DEFAULT_COUNT = 10;
const MOST_ITEMS = 1000;

interface SlateOptions extends RecommendOptions {
  readonly random: Random;
  readonly now: number;
  /** Is told what is wrong with what the host asks for. */
  readonly problem: (message: string) => void;
}

interface SlateSource {
  readonly model: LocalModel | undefined;
  /** The model's networks; undefined where there is nothing to compute them with. */
  readonly networks: TaskModel | undefined;
  readonly history: readonly Interaction[];
  /** For when there is no model. */
  readonly items: readonly Item[];
}

/** The policy's slate where there is a model and something to compute it with, else a shuffled one. */
export async function slateFrom(
  { model, networks, history, items }: SlateSource,
  options: SlateOptions,
): Promise<{ readonly items: readonly RecommendedItem[]; readonly modelVersion?: number }> {
  if (!model || !networks) return { items: await shuffledSlate(items, history, options) };
  return { items: await policySlate(model, networks, history, options), modelVersion: model.modelVersion };
}

/** The policy's slate in the user's present state, with the exact propensities of its exploration. */
async function policySlate(
  { task, catalogue, parameters }: LocalModel,
  networks: TaskModel,
  history: readonly Interaction[],
  options: SlateOptions,
): Promise<RecommendedItem[]> {
  const candidates = wantedRows(catalogue, options);
  if (candidates.length === 0) return [];
  const at = options.context?.at ?? options.now;
  const told = currentState(task, catalogue, history, at, options.context?.features);
  const { slate, value } = await drawn(
    { model: networks, parameters, history, state: told, candidates, random: options.random },
    options,
  );
  return slate.flatMap(({ place, propensity }) => {
    const id = catalogue.ids[candidates[place] ?? -1];
    return id === undefined ? [] : [{ id, probability: propensity, value }];
  });
}

/** What the default asks of a slate is here; all else is loaded by tasks that ask for it. */
async function drawn(
  walk: PolicyWalkOptions,
  options: SlateOptions,
): Promise<{ readonly slate: readonly ExploredItem[]; readonly value: number }> {
  const { model, parameters, state, candidates, random } = walk;
  const { exploration } = model.task;
  const count = slateLength(options);
  if (model.shape.personal || model.task.rules || options.rules || exploration.kind !== "epsilon-greedy") {
    const { tailoredSlate } = await import("./tailored-slate.js");
    return tailoredSlate({ ...walk, asked: options.rules, count, problem: options.problem });
  }
  const { logits, value } = policyScores(model, parameters, state, candidates);
  return { slate: epsilonGreedy(logits, count, exploration.epsilon, random), value };
}

/**
 * Without a model every order is as likely: the honest propensity of each place is one in those that remain. Of rules, the host's
 * hold as far as they need no features.
 */
async function shuffledSlate(
  items: readonly Item[],
  history: readonly Interaction[],
  options: SlateOptions,
): Promise<RecommendedItem[]> {
  const wanted = wantedIds(options.candidates ?? items.map(({ id }) => id), options);
  const left = options.rules
    ? (await import("./untouched-ids.js")).untouchedIds(wanted, history, options)
    : wanted;
  const equal = new Float32Array(left.length);
  return epsilonGreedy(equal, slateLength(options), 1, options.random).flatMap(({ place, propensity }) => {
    const id = left[place];
    return id === undefined ? [] : [{ id, probability: propensity, value: 0 }];
  });
}

function slateLength({ count = DEFAULT_COUNT }: RecommendOptions): number {
  return Number.isFinite(count) ? Math.max(1, Math.min(MOST_ITEMS, Math.floor(count))) : DEFAULT_COUNT;
}

/** Rows of the catalogue; those of all items take no detour over their ids. */
function wantedRows(catalogue: Catalogue, options: RecommendOptions): Int32Array {
  if (options.candidates) {
    return Int32Array.from(wantedIds(options.candidates, options).flatMap((id) => catalogue.index(id) ?? []));
  }
  const all = new Int32Array(catalogue.size);
  for (let row = 0; row < all.length; row++) all[row] = row;
  const excluded = new Set(options.context?.exclude?.map((id) => catalogue.index(id)) ?? []);
  return excluded.size === 0 ? all : all.filter((row) => !excluded.has(row));
}

/** Each candidate once, without those to exclude. */
function wantedIds(ids: readonly string[], { context }: RecommendOptions): string[] {
  const excluded = new Set(context?.exclude ?? []);
  return [...new Set(ids)].filter((id) => !excluded.has(id));
}
