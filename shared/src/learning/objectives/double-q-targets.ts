import type { Transition } from "../trajectories.js";

/**
 * r + γ Q̂(s′, argmax_a Q(s′, a)): the parameters in training choose, the received ones judge (double DQN, van Hasselt et
 * al. 2015, arXiv 1509.06461, eq. 4). Both have `each` numbers a transition, of the same candidates.
 */
export function doubleQTargets(
  transitions: readonly Pick<Transition, "reward" | "done">[],
  discount: number,
  each: number,
  online: ArrayLike<number>,
  received: ArrayLike<number>,
): Float32Array {
  return Float32Array.from(transitions, ({ reward, done }, row) => {
    if (done) return reward;
    let best = row * each;
    for (let c = best; c < (row + 1) * each; c++) if ((online[c] ?? 0) > (online[best] ?? 0)) best = c;
    return reward + discount * (received[best] ?? 0);
  });
}
