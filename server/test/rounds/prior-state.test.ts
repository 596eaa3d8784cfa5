import { seededRandom } from "@tacit/shared";
import { describe, expect, it } from "vitest";
import { initialPrior, nextPrior, priorStateLength } from "../../src/rounds/prior-state.js";

const spread = (logits: Float32Array) => Math.max(...logits) - Math.min(...logits);

/** The logits after so many rounds that told of these shares, each through noise of its own. */
function after(rounds: number, shares: readonly number[], deviation: number, given?: Float32Array) {
  const random = seededRandom(5);
  let state: Float32Array = given ?? new Float32Array(priorStateLength(shares.length));
  let logits: Float32Array = new Float32Array(0);
  for (let round = 0; round < rounds; round++) {
    const mean = Float32Array.from(shares, (share) => share + deviation * random.normal());
    ({ state, logits } = nextPrior(state, { mean, addedVariance: deviation ** 2 }));
  }
  return logits;
}

describe("a coordinator's item prior", () => {
  it("comes closer to the shares with every round, whose noise it averages", () => {
    const shares = [0.5, 0.25, 0.125, 0.01];
    const average = (0.5 + 0.25 + 0.125 + 0.01) / 4;
    const logits = after(400, shares, 0.05);
    const ratio = (logits[0] ?? 0) - (logits[2] ?? 0);
    // Smoothed by an average bucket.
    expect(ratio).toBeCloseTo(Math.log((0.5 + average) / (0.125 + average)), 1);
  });

  it("takes what noise may bring about for nothing, however many rounds there were", () => {
    const nothing = new Array<number>(64).fill(0);
    // The largest of 64 normals is at about 2.4 deviations: ln(1 + 2.4 / 2), and not the four and more of noise taken for marks.
    for (const rounds of [1, 10, 400]) expect(spread(after(rounds, nothing, 0.05))).toBeLessThan(1.2);
    const told = after(100, [1, ...nothing], 0.05);
    expect(told.indexOf(Math.max(...told))).toBe(0);
    expect(spread(told)).toBeGreaterThan(3);
  });

  it("that was given stays while nobody marks anything, and gives way to what is marked", () => {
    const given = after(1, [0.5, 0.25, 0.125, 0, 0], 0);
    const state = initialPrior(given);
    for (const [bucket, logit] of after(3, [0, 0, 0, 0, 0], 0, state).entries()) {
      expect(logit).toBeCloseTo(given[bucket] ?? Number.NaN, 5);
    }
    const marked = after(100, [0, 0, 0, 0, 1], 0, state);
    expect(marked.indexOf(Math.max(...marked))).toBe(4);
    expect(initialPrior(new Float32Array(5))).toEqual(new Float32Array(priorStateLength(5)));
  });
});
