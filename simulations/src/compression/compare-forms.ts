import { type Catalogue, type Engine, type Interaction, joinVersion } from "@tacit/shared";
import type { Estimate } from "../evaluation/estimate.js";
import type { NamedModel } from "./compress-model.js";
import { deliveredBytes } from "./delivered-bytes.js";
import { rankerOf } from "./ranker.js";
import { sharedTop, topItems } from "./top-items.js";

const TOP = 10;

/** One form of a model: what it costs, and how far it ranks as the first one does. */
interface ComparedForm {
  readonly form: string;
  readonly parameters: number;
  /** Of the parameters. */
  readonly zeros: number;
  /** To download, behind HTTP's compression. */
  readonly bytes: number;
  /** The share of the first one's top items that it has among its own, in the mean of all histories. */
  readonly sameTop: Estimate;
}

export interface ComparedForms {
  /** How many first items are compared. */
  readonly top: number;
  /** The share that the first form's own items have in common from one history to the next: what is the same for everybody. */
  readonly anyHistory: Estimate;
  readonly forms: readonly ComparedForm[];
}

interface CompareFormsOptions {
  /** The first is what the others are compared with. */
  readonly forms: readonly NamedModel[];
  readonly catalogue: Catalogue;
  readonly engine: Engine;
  readonly histories: readonly (readonly Interaction[])[];
}

/** Compares rankings of the whole catalogue, one at each `next()`. */
export function* compareForms(options: CompareFormsOptions): Generator<"comparing", ComparedForms> {
  const { forms, catalogue, engine, histories } = options;
  // Of a small catalogue half: all of it would always be the same.
  const top = Math.max(1, Math.min(TOP, Math.floor(catalogue.size / 2)));
  const compared: ComparedForm[] = [];
  let first: readonly (readonly number[])[] = [];
  for (const { form, model } of forms) {
    const ranker = rankerOf(model, catalogue, engine);
    const ranked: number[][] = [];
    for (const history of histories) {
      ranked.push(topItems(ranker, history, top));
      yield "comparing";
    }
    if (compared.length === 0) first = ranked;
    const { task, modelVersion, parameters } = model;
    compared.push({
      form,
      parameters: parameters.length,
      zeros: parameters.filter((value) => value === 0).length,
      bytes: deliveredBytes(task, { modelVersion, parameters: joinVersion(task.privacy, model) }),
      sameTop: sharedTop(first, ranked),
    });
  }
  const next = [...first.slice(1), ...first.slice(0, 1)];
  return { top, anyHistory: sharedTop(first, next), forms: compared };
}
