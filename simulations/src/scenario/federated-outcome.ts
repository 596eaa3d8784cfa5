import { splitVersion } from "@tacit/shared";
import type { HeardMetrics } from "../virtual/run/heard-metrics.js";
import { networkParameters } from "../virtual/run/network-parameters.js";
import { spentPrivacy } from "../virtual/run/run-plan.js";
import type { TrainingSpec } from "../virtual/run/run-spec.js";
import type { RoundReport, RunState } from "../virtual/run/run-state.js";
import type { Played } from "./scenario.js";

/**
 * What a federation came to, however it is judged.
 * @param initial the experiment's first metric before the first round.
 * @param valueAfter the same after a round, where it was looked at.
 */
export function federatedOutcome(
  spec: TrainingSpec,
  { head, mostParticipations, rounds }: RunState,
  initial: number | null,
  valueAfter: (round: RoundReport) => number | undefined,
  heard: HeardMetrics | undefined,
): Pick<Played, "course" | "privacy" | "heard" | "modelHash" | "clip" | "parameters"> {
  const { task } = spec;
  const clip = task.privacy.adaptiveClip && splitVersion(task.privacy, head.parameters)?.clip;
  return {
    course: [
      { round: 0, value: initial, epsilon: spec.private ? 0 : null, loss: null, shareClipped: null },
      ...rounds.map((round) => ({
        round: round.modelVersion,
        value: valueAfter(round) ?? null,
        epsilon: round.epsilon,
        loss: round.meanLoss,
        shareClipped: round.shareClipped,
      })),
    ],
    privacy: spentPrivacy(spec, mostParticipations),
    ...(heard && { heard }),
    modelHash: head.hash,
    ...(clip !== undefined && { clip }),
    parameters: networkParameters(task, head.parameters),
  };
}
