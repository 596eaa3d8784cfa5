import { currentState, type Engine, epsilonGreedy, type Interaction, type Random, rank } from "@tacit/shared";
import type { LocalModel } from "../model/local-model.js";
import type { RecommendedItem, RecommendOptions } from "../recommender.js";

const DEFAULT_COUNT = 10;
const MOST_ITEMS = 1000;

interface SlateOptions extends RecommendOptions {
  readonly random: Random;
  readonly now: number;
}

interface SlateSource {
  readonly model: LocalModel | undefined;
  readonly engine: Engine | undefined;
  readonly history: readonly Interaction[];
  /** Every item's id, for when there is no model. */
  readonly ids: readonly string[];
}

/** The policy's slate where there is a model and something to compute it with, else a shuffled one. */
export function slateFrom(
  { model, engine, history, ids }: SlateSource,
  options: SlateOptions,
): { readonly items: readonly RecommendedItem[]; readonly modelVersion?: number } {
  if (!model || !engine) return { items: shuffledSlate(ids, options) };
  return { items: policySlate(model, engine, history, options), modelVersion: model.modelVersion };
}

/** The policy's slate in the user's present state, with the exact propensities of its exploration. */
function policySlate(
  model: LocalModel,
  engine: Engine,
  history: readonly Interaction[],
  options: SlateOptions,
): RecommendedItem[] {
  const { task, catalogue, parameters } = model;
  const wanted = wantedIds(catalogue.ids, options);
  const candidates = wanted.flatMap((id) => catalogue.index(id) ?? []);
  if (candidates.length === 0) return [];
  const at = options.context?.at ?? options.now;
  const state = currentState(task, catalogue, history, at);
  const { items, value } = rank({ task, catalogue, engine, parameters, state, candidates });
  const slate = epsilonGreedy(items.length, slateLength(options), task.exploration.epsilon, options.random);
  return slate.flatMap(({ rank: place, propensity }) => {
    const id = catalogue.ids[items[place]?.index ?? -1];
    return id === undefined ? [] : [{ id, probability: propensity, value }];
  });
}

/** Without a model every order is as likely: the honest propensity of each place is one in those that remain. */
function shuffledSlate(ids: readonly string[], options: SlateOptions): RecommendedItem[] {
  const wanted = wantedIds(ids, options);
  return epsilonGreedy(wanted.length, slateLength(options), 1, options.random).flatMap(
    ({ rank, propensity }) => {
      const id = wanted[rank];
      return id === undefined ? [] : [{ id, probability: propensity, value: 0 }];
    },
  );
}

function slateLength({ count = DEFAULT_COUNT }: RecommendOptions): number {
  return Number.isFinite(count) ? Math.max(1, Math.min(MOST_ITEMS, Math.floor(count))) : DEFAULT_COUNT;
}

/** Each candidate once, without those to exclude. */
function wantedIds(all: readonly string[], { candidates, context }: RecommendOptions): string[] {
  const excluded = new Set(context?.exclude ?? []);
  return [...new Set(candidates ?? all)].filter((id) => !excluded.has(id));
}
