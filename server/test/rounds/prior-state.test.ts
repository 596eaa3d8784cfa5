import { seededRandom } from "@tacit/shared";
import { describe, expect, it } from "vitest";
import { nextPrior, priorStateLength } from "../../src/rounds/prior-state.js";

describe("a coordinator's item prior", () => {
  it("comes closer to the shares with every round, whose noise it averages", () => {
    const random = seededRandom(5);
    const shares = [0.5, 0.25, 0.125, 0.01];
    const standardError = 0.05;
    const AVERAGE = (0.5 + 0.25 + 0.125 + 0.01) / 4;
    const errorAfter = (rounds: number) => {
      let state: Float32Array = new Float32Array(priorStateLength(shares.length));
      let logits: Float32Array = new Float32Array(0);
      for (let round = 0; round < rounds; round++) {
        const mean = Float32Array.from(shares, (share) => share + standardError * random.normal());
        ({ state, logits } = nextPrior(state, { mean, standardError }));
      }
      const ratio = (logits[0] ?? 0) - (logits[2] ?? 0);
      // Smoothed by an average bucket.
      return { error: Math.abs(ratio - Math.log((0.5 + AVERAGE) / (0.125 + AVERAGE))), logits };
    };
    expect(errorAfter(400).error).toBeLessThan(0.1);
    // One round alone cannot tell the rarest from nothing: it counts as what noise may bring about.
    const { logits } = errorAfter(1);
    expect((logits[0] ?? 0) - (logits[3] ?? 0)).toBeLessThan(Math.log((0.7 + AVERAGE) / AVERAGE));
  });
});
