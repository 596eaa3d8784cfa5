import type { Catalogue } from "../../catalogue/catalogue.js";
import type { FeatureSpec } from "../../task/feature-spec.js";
import type { Rules } from "../../task/rules-spec.js";
import type { Interaction } from "../interaction.js";
import { categoryCap } from "./category-cap.js";
import { determinantal } from "./determinantal.js";
import { freshness } from "./freshness.js";
import { keptOut } from "./kept-out.js";
import { marginalRelevance } from "./marginal-relevance.js";
import type { SlateRule } from "./slate-rule.js";

interface RuledSlate {
  readonly specs: readonly FeatureSpec[];
  readonly catalogue: Catalogue;
  /** Before the slate. */
  readonly history: readonly Interaction[];
  readonly at: number;
  /** Rows of the candidates, and their scores. */
  readonly rows: ArrayLike<number>;
  readonly scores: ArrayLike<number>;
}

/** The rules of one slate, in the order that they change scores in: raised, made diverse, then kept out. None of a task without. */
export function slateRules(
  rules: Rules | undefined,
  { specs, catalogue, history, at, rows, scores }: RuledSlate,
): SlateRule[] {
  if (!rules) return [];
  const candidates = { rows, deviation: deviationOf(scores) };
  const { diversity, caps = [] } = rules;
  const rerank = diversity?.kind === "dpp" ? determinantal : marginalRelevance;
  return [
    ...(rules.freshness ? [freshness(rules.freshness, candidates, specs, catalogue, at)] : []),
    ...(diversity ? [rerank(diversity.relevance, candidates, catalogue)] : []),
    ...caps.map((cap) => categoryCap(cap, candidates, specs, catalogue)),
    withoutIds(keptOut(rules, history, at), rows, catalogue),
  ];
}

function withoutIds(ids: ReadonlySet<string>, rows: ArrayLike<number>, catalogue: Catalogue): SlateRule {
  const out = Array.from(rows, (row) => ids.has(catalogue.ids[row] ?? ""));
  return {
    adjust(scores) {
      for (const [i, isOut] of out.entries()) if (isOut) scores[i] = Number.NEGATIVE_INFINITY;
    },
    shown: () => undefined,
  };
}

/** 1 where all scores are the same: a model without an opinion. */
function deviationOf(scores: ArrayLike<number>): number {
  let [sum, squares] = [0, 0];
  for (let i = 0; i < scores.length; i++) sum += scores[i] ?? 0;
  const mean = sum / Math.max(1, scores.length);
  for (let i = 0; i < scores.length; i++) squares += ((scores[i] ?? 0) - mean) ** 2;
  return Math.sqrt(squares / Math.max(1, scores.length)) || 1;
}
