import { planSealing, type SealingTask } from "./plan-sealing.js";
import { budgetStatement } from "./statements.js";

const STEPS = 60;
const MOST_NOISE = 1000;

/**
 * The least noise multiplier, rounded up to a thousandth, with which a client that takes part so often stays within the
 * task's budget (privacy.maximumEpsilon at privacy.delta, see `budgetStatement`); undefined where none up to 1000
 * does.
 */
export function calibrateNoise(
  task: SealingTask,
  updateLength: number,
  participations: number,
): number | undefined {
  const affordable = (noiseMultiplier: number) => {
    const candidate = { ...task, privacy: { ...task.privacy, noiseMultiplier } };
    if (!planSealing(candidate, updateLength).ok) return false;
    return budgetStatement(candidate, updateLength, participations).epsilon <= task.privacy.maximumEpsilon;
  };
  if (!affordable(MOST_NOISE)) return undefined;
  let [low, high] = [0.01, MOST_NOISE];
  for (let step = 0; step < STEPS; step++) {
    const middle = Math.sqrt(low * high);
    if (affordable(middle)) high = middle;
    else low = middle;
  }
  return Math.ceil(high * 1000) / 1000;
}
