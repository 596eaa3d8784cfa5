import {
  policyScores,
  type Random,
  type Reasons,
  reasonsOf,
  type State,
  type TaskModel,
} from "@tacit/shared";
import { drawSome } from "../draw-some.js";
import { rankAgreement } from "./rank-agreement.js";

/** So many of the strongest reasons are taken away together. */
const SEVERAL = 3;
const DRAWS = 20;

/** What an explanation's reasons were worth when they were taken away; all in units of ln π. */
export interface Deletions {
  /** How far the score falls without the strongest interaction, and without the strongest three. */
  readonly strongest: number;
  readonly strongestThree: number;
  /** In the mean without any one interaction, and without any three of 20 draws. */
  readonly random: number;
  readonly randomThree: number;
  /** Rank correlation with what the score falls without each. */
  readonly agreement: number;
  /** |residual| as a part of the sum of all |contributions|; 0 where each is left out. */
  readonly incompleteness: number;
}

interface DeletionsOptions {
  readonly model: TaskModel;
  readonly parameters: Float32Array;
  readonly state: State;
  readonly item: number;
  /** Of histories up to this length each interaction is left out; of longer ones the gradient is integrated. */
  readonly exactUpTo: number;
  readonly random: Random;
}

/**
 * Takes what an explanation names out of the history and scores again, by the network that ranks and not by that which
 * explains (deletion, after Petsiuk et al. 2018, arXiv 1806.07421, §3.2). Of four interactions or more.
 */
export function deletions(options: DeletionsOptions): Deletions | undefined {
  const { model, parameters, state, item, random } = options;
  const { events } = state;
  if (events.length <= SEVERAL) return undefined;
  const explained = reasonsOf(model, options);
  const contributions = contributionsOf(model, state, explained);
  const scoreOf = (kept: State["events"]) =>
    policyScores(model, parameters, { ...state, events: kept }, Int32Array.of(item)).logits[0] ?? 0;
  const whole = scoreOf(events);
  const fall = (places: readonly number[]) =>
    whole - scoreOf(events.filter((_, place) => !places.includes(place)));
  const alone = events.map((_, place) => fall([place]));
  const places = events.map((_, place) => place);
  const strongest = places.toSorted((a, b) => (contributions[b] ?? 0) - (contributions[a] ?? 0));
  const draws = Array.from({ length: DRAWS }, () => fall(drawSome(places, SEVERAL, random)));
  return {
    strongest: fall(strongest.slice(0, 1)),
    strongestThree: fall(strongest.slice(0, SEVERAL)),
    random: mean(alone),
    randomThree: mean(draws),
    agreement: rankAgreement(contributions, alone),
    incompleteness: incompleteness(explained, contributions),
  };
}

/** One an event, in their order: an interaction that changes nothing is in no explanation. */
function contributionsOf({ catalogue }: TaskModel, { events }: State, { reasons }: Reasons): number[] {
  const interactions = reasons.filter((reason) => reason.kind === "interaction");
  return events.map(({ item, at }) => {
    const id = catalogue.ids[item];
    return interactions.find((reason) => reason.itemId === id && reason.at === at)?.contribution ?? 0;
  });
}

function incompleteness({ history }: Reasons, contributions: readonly number[]): number {
  if (history.kind === "leave-one-out") return 0;
  const size = contributions.reduce((sum, value) => sum + Math.abs(value), 0);
  return size > 0 ? Math.abs(history.residual) / size : 0;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
