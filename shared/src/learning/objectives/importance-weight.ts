/** min(clip, π(a|s) / propensity); 1 without a logged propensity: the action counts as one of π's own. */
export function importanceWeight(logPolicy: number, propensity: number, clip: number): number {
  return propensity > 0 ? Math.min(clip, Math.exp(logPolicy) / propensity) : 1;
}
