import {
  addSealed,
  createMechanism,
  emptySum,
  planSealing,
  platformBytes,
  seededRandom,
  type TaskSpec,
} from "@tacit/shared";
import { describe, expect, it } from "vitest";
import { isWithinBound, normBound, type VisibleSum } from "../../src/robust/norm-bound.js";
import { smallTask } from "../support/small-task.js";

const PARAMETERS = 500;
const mechanismOf = (privacy: Partial<TaskSpec["privacy"]>) => {
  const task = smallTask({ privacy: { ...smallTask().privacy, ...privacy } });
  const planned = planSealing(task, PARAMETERS);
  if (!planned.ok) throw new Error(planned.message);
  return { plan: planned.plan, mechanism: createMechanism(planned.plan, "seed") };
};

/** Updates that all point the same way, so that their mean is as long as it can be. */
function sumOf(privacy: Partial<TaskSpec["privacy"]>, contributors: number, poison = 0): VisibleSum {
  const { plan, mechanism } = mechanismOf(privacy);
  const sum = emptySum(plan);
  const update = Float32Array.from({ length: PARAMETERS }, () => 1);
  for (let i = 0; i < contributors; i++) {
    const sealed = mechanism.seal(update, platformBytes);
    if (!sealed.ok) throw new Error(sealed.reason);
    addSealed(plan, sum, sealed.sealed);
  }
  if (poison > 0) {
    const unclipped = createMechanism(
      { ...plan, clip: Number.POSITIVE_INFINITY, integerNorm: Number.POSITIVE_INFINITY },
      "seed",
    );
    const sealed = unclipped.seal(
      update.map((value) => (poison * value) / Math.sqrt(PARAMETERS)),
      platformBytes,
    );
    if (!sealed.ok) throw new Error(sealed.reason);
    addSealed(plan, sum, sealed.sealed);
  }
  return { sum, contributors: contributors + (poison > 0 ? 1 : 0) };
}

describe.each([
  ["distributed", 0.5],
  ["local", 0.5],
  ["trusted", 0.5],
] as const)("the norm bound in mode %s", (mode, noiseMultiplier) => {
  const privacy = { mode, noiseMultiplier };
  const { plan } = mechanismOf(privacy);

  it("lets honest sums of any size through, the longest there are", () => {
    for (const contributors of [1, 2, 3, 7, 20]) {
      expect(isWithinBound(plan, sumOf(privacy, contributors))).toBe(true);
    }
  });

  it("catches a sum that one of its clients made longer than all of them may be", () => {
    for (const contributors of [1, 4]) {
      expect(isWithinBound(plan, sumOf(privacy, contributors, 100))).toBe(false);
    }
  });
});

describe("the bound itself", () => {
  it("is exact where clients add no noise", () => {
    const { plan } = mechanismOf({ mode: "trusted" });
    expect(normBound(plan, 3)).toBe(3 * plan.integerNorm);
  });

  it("holds for noise that is drawn again and again, and is not far above it", () => {
    const { plan } = mechanismOf({ mode: "local", noiseMultiplier: 4 });
    const random = seededRandom(9);
    const bound = normBound(plan, 3);
    let longest = 0;
    for (let trial = 0; trial < 300; trial++) {
      let square = 0;
      for (let i = 0; i < plan.dimension; i++) {
        const noise =
          plan.shareDeviation * Math.sqrt(3) * random.normal() + (i === 0 ? 3 * plan.integerNorm : 0);
        square += noise * noise;
      }
      longest = Math.max(longest, Math.sqrt(square));
    }
    expect(longest).toBeLessThan(bound);
    expect(bound).toBeLessThan(1.2 * longest);
  });
});
