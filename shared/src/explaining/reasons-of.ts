import { absentFeature } from "../catalogue/absent-feature.js";
import type { State } from "../learning/state.js";
import type { TaskModel } from "../learning/task-model.js";
import { INTERACTION_KINDS } from "../task/interaction-kind.js";
import { ExplainedState } from "./explained-state.js";
import { integratedGradients } from "./integrated-gradients.js";
import { leaveOneOut } from "./leave-one-out.js";
import { lessenedItems } from "./lessened-items.js";
import type { HistoryMethod, Reason, Reasons } from "./reason.js";

/** Up to so many events each is left out; of more the gradient is integrated, which is then the quicker way. */
const EXACT_UP_TO = 50;

interface ReasonsOptions {
  readonly parameters: Float32Array;
  /** With personal parameters, where the task has them: they stay as they are whatever is left out. */
  readonly state: State;
  /** The item's row in the catalogue. */
  readonly item: number;
  /** {@link EXACT_UP_TO} when left out. A task's own network is always asked exactly. */
  readonly exactUpTo?: number;
}

/** Why an item has the score that it has in a state. */
export function reasonsOf(model: TaskModel, options: ReasonsOptions): Reasons {
  const { parameters, state, item, exactUpTo = EXACT_UP_TO } = options;
  const { items, parts } = lessenedItems(model.task, model.catalogue, item);
  const explained = new ExplainedState({ model, parameters, state, candidates: items });
  const [score = 0, ...without] = explained.scores(1 + parts.length);
  const { history, interactions } = historyReasons(explained, state, exactUpTo);
  const reasons: Reason[] = [
    ...interactions,
    ...parts.map((part, i) => ({ ...part, contribution: score - (without[i] ?? score) })),
    ...contextReasons(explained, score),
    ...popularityReasons(explained, score),
    ...personalReasons(explained, score),
  ];
  return {
    score,
    history,
    reasons: reasons
      .filter(({ contribution }) => contribution !== 0)
      .sort((a, b) => b.contribution - a.contribution),
  };
}

function historyReasons(
  explained: ExplainedState,
  { events }: State,
  exactUpTo: number,
): { readonly history: HistoryMethod; readonly interactions: readonly Reason[] } {
  const { ids } = explained.model.catalogue;
  const integrated = events.length > exactUpTo ? integratedGradients(explained) : undefined;
  const { contributions, ...found } = integrated ?? { contributions: leaveOneOut(explained) };
  return {
    history: "steps" in found ? { kind: "integrated-gradients", ...found } : { kind: "leave-one-out" },
    interactions: events.map(({ item, kind, at }, i) => ({
      kind: "interaction",
      itemId: ids[item] ?? "",
      interaction: INTERACTION_KINDS[kind] ?? "impression",
      at,
      contribution: contributions[i] ?? 0,
    })),
  };
}

function contextReasons(explained: ExplainedState, score: number): Reason[] {
  const { state, model } = explained;
  const told = state.context;
  let first = 0;
  return (model.task.context?.features ?? []).flatMap((spec): Reason[] => {
    const absent = absentFeature(spec);
    const context = Float32Array.from(told ?? []);
    if (told) context.set(absent, first);
    first += absent.length;
    if (!told) return [];
    return [
      { kind: "context", feature: spec.name, contribution: score - explained.score({ ...state, context }) },
    ];
  });
}

/** Where all are equally popular, every bucket of the prior is zero. */
function popularityReasons(explained: ExplainedState, score: number): Reason[] {
  const { prior } = explained.network;
  if (!prior) return [];
  return [{ kind: "popularity", contribution: score - explained.scoreWithout(prior) }];
}

function personalReasons(explained: ExplainedState, score: number): Reason[] {
  const { personal, ...state } = explained.state;
  return personal ? [{ kind: "personal", contribution: score - explained.score(state) }] : [];
}
