import { networkShape, parameterCount, planSealing, releasesStatement, type TaskSpec } from "@tacit/shared";

const STEPS = 60;
const MOST_NOISE = 1000;

/** The least noise with which a client that takes part in every round stays within the task's budget (privacy.maximumEpsilon). */
export function calibrateNoise(task: TaskSpec): TaskSpec {
  const dimension = parameterCount(networkShape(task));
  const withNoise = (noiseMultiplier: number): TaskSpec => ({
    ...task,
    privacy: { ...task.privacy, noiseMultiplier },
  });
  const affordable = (noiseMultiplier: number) => {
    const candidate = withNoise(noiseMultiplier);
    if (!planSealing(candidate, dimension).ok) return false;
    return releasesStatement(candidate, dimension, task.rounds).epsilon <= task.privacy.maximumEpsilon;
  };
  let [low, high] = [0.01, MOST_NOISE];
  for (let step = 0; step < STEPS; step++) {
    const middle = Math.sqrt(low * high);
    if (affordable(middle)) high = middle;
    else low = middle;
  }
  return withNoise(Math.ceil(high * 1000) / 1000);
}
