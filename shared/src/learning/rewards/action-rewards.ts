import type { Catalogue } from "../../catalogue/catalogue.js";
import type { TaskSpec } from "../../task/task-spec.js";
import { endsSession } from "../ends-session.js";
import type { Interaction } from "../interaction.js";
import { diversityReward } from "./diversity-reward.js";
import { returnsReward } from "./returns-reward.js";
import { reward } from "./reward.js";
import { satisfactionReward } from "./satisfaction-reward.js";

/** An action of a history, and what came of it. */
export interface RewardedAction {
  /** Row in the catalogue. */
  readonly item: number;
  readonly at: number;
  /** The interaction that it is, and those that followed from it. */
  readonly interactions: readonly Interaction[];
  /** Of its state. */
  readonly events: readonly { readonly item: number }[];
}

/**
 * What every action of a history (oldest first) earned: the immediate rewards of its interactions, and the task's long-term
 * terms. The latter go to engagements only, actions with an immediate reward above 0: whatever is more than 0 in the end is
 * something the user took to. What a whole session earns its engagements share equally, so that many clicks do not earn
 * more by one return than one click.
 */
export function actionRewards(
  task: TaskSpec,
  catalogue: Catalogue,
  actions: readonly RewardedAction[],
): number[] {
  const { returns, satisfaction, diversity } = task.reward;
  const immediate = actions.map(({ interactions }) =>
    interactions.reduce((sum, interaction) => sum + reward(task, interaction), 0),
  );
  const rewards = [...immediate];
  let first = 0;
  for (const [place, action] of actions.entries()) {
    if (diversity && (immediate[place] ?? 0) > 0) {
      rewards[place] = (rewards[place] ?? 0) + diversityReward(diversity, catalogue, action);
    }
    if (!endsSession(task, actions, place)) continue;
    const end = place + 1;
    const session = actions.slice(first, end).flatMap(({ interactions }) => interactions);
    const back = returns ? returnsReward(returns, action.at, actions[end]?.at) : 0;
    shareAmongEngagements(
      satisfaction ? back + satisfactionReward(satisfaction, session) : back,
      { immediate, first, end },
      rewards,
    );
    first = end;
  }
  return rewards;
}

function shareAmongEngagements(
  earned: number,
  { immediate, first, end }: { immediate: readonly number[]; first: number; end: number },
  rewards: number[],
): void {
  const engagements = immediate.slice(first, end).filter((value) => value > 0).length;
  for (let place = first; place < end; place++) {
    if ((immediate[place] ?? 0) > 0) rewards[place] = (rewards[place] ?? 0) + earned / engagements;
  }
}
