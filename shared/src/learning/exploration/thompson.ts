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
    const drawn = precision.draw(random);
    return Float64Array.from({ length: candidates.length / width }, (_, place) =>
      drawn.reduce((sum, value, e) => sum + deviation * value * (candidates[place * width + e] ?? 0), 0),
    );
  });
  return (scores) => {
    const shares = new Float64Array(scores.length);
    for (const change of changes) {
      const first = greedyPlace(scores.map((score, place) => score + (change[place] ?? 0)));
      shares[first] = (shares[first] ?? 0) + 1;
    }
    return mixedWithUniform(
      epsilon,
      scores,
      shares.map((count) => count / draws),
    );
  };
}
