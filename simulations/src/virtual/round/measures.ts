/**
 * What is measured of each client, side by side: the norm of its update before clipping (NaN: it sent none; then Infinity stands in the
 * next place where it had trained one that cannot be sealed), the loss of its last step, its mean reward. Kept client by client, since
 * a sum of doubles would depend on who adds up first.
 */
export const MEASURES = 3;

/** Of a client that had nothing to train from. */
export const NOTHING_TRAINED = [Number.NaN, Number.NaN, Number.NaN] as const;
/** Of one whose update is not finite. */
export const NOTHING_SEALED = [Number.NaN, Number.POSITIVE_INFINITY, Number.NaN] as const;

/** Clients whose updates cannot be sealed. */
export function countUnsealed(measured: Float64Array): number {
  let unsealed = 0;
  for (let at = 0; at < measured.length; at += MEASURES) {
    if (Number.isNaN(measured[at]) && measured[at + 1] === Number.POSITIVE_INFINITY) unsealed++;
  }
  return unsealed;
}

export interface RoundMeasures {
  readonly contributors: number;
  readonly meanNorm: number;
  readonly shareClipped: number;
  readonly meanLoss: number;
  readonly meanReward: number;
}

/** Means over the clients that made an update, in the clients' order. */
export function roundMeasures(measured: Float64Array, clip: number): RoundMeasures {
  let [contributors, norms, clipped, losses, rewards] = [0, 0, 0, 0, 0];
  for (let at = 0; at < measured.length; at += MEASURES) {
    const norm = measured[at] ?? Number.NaN;
    if (Number.isNaN(norm)) continue;
    contributors++;
    norms += norm;
    if (norm > clip) clipped++;
    losses += measured[at + 1] ?? 0;
    rewards += measured[at + 2] ?? 0;
  }
  return {
    contributors,
    meanNorm: norms / contributors,
    shareClipped: clipped / contributors,
    meanLoss: losses / contributors,
    meanReward: rewards / contributors,
  };
}
