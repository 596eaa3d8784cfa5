import type { ExponentialReward } from "../../task/reward-spec.js";
import type { TaskSpec } from "../../task/task-spec.js";
import type { Interaction } from "../interaction.js";
import { magnitude, SECONDS_OF_FULL_DWELL } from "./magnitude.js";

/**
 * sgn(x) · τ (1 − e^(−|x| / τ)) with x = w · m, as in the linear model but for dwells, which go on counting after a minute:
 * small signals earn what they earn there, and no signal earns more than τ. Exponential utility of gains and of losses
 * (Köbberling & Wakker 2005, "An index of loss aversion", §7); dwells are worth less and less a second (Yi et al. 2014,
 * "Beyond clicks: dwell time for personalization").
 */
export function exponentialReward(
  weights: TaskSpec["reward"]["weights"],
  { scale }: ExponentialReward,
  interaction: Pick<Interaction, "kind" | "value">,
): number {
  const { kind, value = 0 } = interaction;
  const size = kind === "dwell" ? Math.max(0, value) / SECONDS_OF_FULL_DWELL : magnitude(interaction);
  const x = (weights[kind] ?? 0) * size;
  return Math.sign(x) * scale * -Math.expm1(-Math.abs(x) / scale);
}
