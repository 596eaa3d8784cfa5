import type { Random } from "../../random/random.js";
import type { ThompsonSpec } from "../../task/exploration-spec.js";
import { greedyPlace, mixedWithUniform } from "./epsilon-greedy.js";
import type { ActionEmbeddings, PlacePolicy } from "./place-policy.js";
import { Precision } from "./precision.js";

/**
 * Linear Thompson sampling on the last layer (Riquelme, Tucker, Snoek 2018, arXiv 1802.09127, §3: neural linear): the user's
 * vector is N(user, ν² A⁻¹). The probability that a draw of it ranks an item first has no closed form, so the policy is a
 * mixture that has: `draws` vectors are drawn once a slate, each place takes one of them at random and shows the item it ranks
 * first,
 *
 *   p(a) = (1 − epsilon) · (draws that rank a first) / draws + epsilon / n,
 *
 * which is exact given the draws. Whatever is logged with it is weighed rightly whichever draws those were, so that inverse
 * propensities stay unbiased; the uniform part gives every item a chance.
 */
export function thompson(
  { deviation, ridge, draws, epsilon }: ThompsonSpec,
  { width, candidates, past }: ActionEmbeddings,
  random: Random,
): PlacePolicy {
  const precision = new Precision({ width, past }, ridge);
  const changes = Array.from({ length: draws }, () => {
    const drawn = precision.draw(random).map((value) => deviation * value);
    const change = new Float64Array(candidates.length / width);
    for (let place = 0; place < change.length; place++) {
      let sum = 0;
      for (let e = 0; e < width; e++) sum += (drawn[e] ?? 0) * (candidates[place * width + e] ?? 0);
      change[place] = sum;
    }
    return change;
  });
  return (scores) => {
    const shares = new Float64Array(scores.length);
    const changed = new Float64Array(scores.length);
    for (const change of changes) {
      for (let place = 0; place < scores.length; place++) {
        changed[place] = (scores[place] ?? 0) + (change[place] ?? 0);
      }
      const first = greedyPlace(changed);
      shares[first] = (shares[first] ?? 0) + 1;
    }
    return mixedWithUniform(
      epsilon,
      scores,
      shares.map((count) => count / draws),
    );
  };
}
