import {
  currentState,
  ENGLISH,
  type Interaction,
  type Item,
  type Phrases,
  personalState,
  reasonsOf,
  sentence,
  type TaskModel,
} from "@tacit/shared";
import type { LocalModel } from "../model/local-model.js";
import type { ExplainOptions, Explanation } from "./explanation.js";

interface ExplainSource {
  readonly model: LocalModel;
  readonly networks: TaskModel;
  readonly history: readonly Interaction[];
  readonly items: readonly Item[];
}

/** Explains an item in the user's state, which is the one that `recommend` ranks in. */
export function explainItem(
  { model, networks, history, items }: ExplainSource,
  itemId: string,
  { context, phrases, title = (id) => id }: ExplainOptions,
): Explanation {
  const { task, catalogue, parameters, modelVersion } = model;
  const row = catalogue.index(itemId);
  if (row === undefined) {
    return {
      ok: false,
      reason: "unknown-item",
      message: "the item is not in the catalogue",
      field: "itemId",
    };
  }
  const told = currentState(task, catalogue, history, context?.at ?? Date.now(), context?.features);
  const state = personalState(networks, parameters, history, told);
  const explained = reasonsOf(networks, { parameters, state, item: row });
  const said = sentence(itemId, explained.reasons, {
    phrases: inEnglish(phrases),
    title,
    value: (feature) => valueIn(items, itemId, feature),
  });
  return { ok: true, itemId, modelVersion, ...explained, sentence: said };
}

/** What the host does not say is said in English. */
const inEnglish = ({ reasons, interactions, ...phrases }: ExplainOptions["phrases"] = {}): Phrases => ({
  ...ENGLISH,
  ...phrases,
  reasons: { ...ENGLISH.reasons, ...reasons },
  interactions: { ...ENGLISH.interactions, ...interactions },
});

/** Of items with one id the last counts, as in the catalogue. The numbers of a vector say nothing to anybody. */
function valueIn(items: readonly Item[], itemId: string, feature: string): string {
  const value = items.findLast(({ id }) => id === itemId)?.features[feature] ?? "";
  if (!Array.isArray(value)) return String(value);
  return value.filter((one) => typeof one === "string").join(", ");
}
