import { emptySum, networkShape, parameterCount, planSealing, seededRandom, taskHash } from "@tacit/shared";
import { describe, expect, it } from "vitest";
import { createOptimiser } from "../../src/optimisers/create-optimiser.js";
import { firstVersion } from "../../src/rounds/first-version.js";
import { nextVersion } from "../../src/rounds/next-version.js";
import { priorStateLength } from "../../src/rounds/prior-state.js";
import { smallTask } from "../support/small-task.js";

const BUCKETS = 1024;
const CLIENTS = 3;
const random = seededRandom(11);
const bytes = {
  fill(into: Uint8Array) {
    for (let i = 0; i < into.length; i++) into[i] = random.integer(256);
  },
};

describe("the noise in a prior's sums", () => {
  it.each([
    ["independent", undefined],
    ["correlated over rounds", { bands: 4, minimumSeparation: 3 }],
  ])("is what is kept of it, where it is %s", (_, correlation) => {
    const task = smallTask({
      model: { embedding: 2, hidden: 2, historyLength: 2, prior: { buckets: BUCKETS } },
      privacy: {
        mode: "trusted",
        noiseMultiplier: 4,
        maximumParticipations: 20,
        maximumEpsilon: 1000,
        ...(correlation && { correlation }),
      },
      cohort: { size: CLIENTS, minimum: CLIENTS },
    });
    const length = parameterCount(networkShape(task));
    const planned = planSealing(task, length);
    if (!planned.ok) throw new Error(planned.message);
    const { plan } = planned;
    const optimiser = createOptimiser(task.aggregation);
    const aggregation = { task, taskHash: taskHash(task), plan, optimiser };
    let version = firstVersion(aggregation, new Float32Array(length));
    for (let round = 1; round <= 12; round++) {
      // Nobody marks anything: all there is is noise.
      const next = nextVersion(aggregation, version, [{ sum: emptySum(plan), contributors: CLIENTS }], bytes);
      if (!next.ok) throw new Error(next.message);
      ({ version } = next);
    }
    const kept = version.optimiserState.subarray(-priorStateLength(BUCKETS));
    const square = kept.subarray(0, BUCKETS).reduce((sum, one) => sum + one ** 2 / BUCKETS, 0);
    expect(square / (kept[BUCKETS] ?? 0)).toBeGreaterThan(0.8);
    expect(square / (kept[BUCKETS] ?? 0)).toBeLessThan(1.25);
  });
});
