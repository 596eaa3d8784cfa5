import { priorLogits, seededRandom } from "@tacit/shared";
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

  it.each([
    ["an average bucket", 0],
    ["noise", 0.5],
  ])(
    "that was given stays while nobody marks anything, and gives way to what is marked: smoothed by %s",
    (_, noise) => {
      const shares = [0.5, 0.25, 0.125, 0, 0];
      const logits = new Float32Array(5);
      priorLogits(shares, Math.max(noise, 0.175), logits);
      const state = initialPrior(logits);
      for (const [bucket, logit] of after(3, [0, 0, 0, 0, 0], 0, state).entries()) {
        expect(logit).toBeCloseTo(logits[bucket] ?? Number.NaN, 5);
      }
      const marked = after(100, [0, 0, 0, 0, 1], 0, state);
      expect(marked.indexOf(Math.max(...marked))).toBe(4);
    },
  );

  it("that was given is worth ten rounds of clients that each marked one thing, and nothing where it says nothing", () => {
    const state = initialPrior(Float32Array.of(1, 1, 1, -2, -2));
    const sum = state.subarray(0, 5).reduce((total, one) => total + one, 0);
    // Three buckets at a length of 1.
    expect(sum).toBeCloseTo(10 * Math.sqrt(3), 5);
    expect(initialPrior(new Float32Array(5))).toEqual(new Float32Array(priorStateLength(5)));
  });

  it("that was given has numbers, however far its logits are apart", () => {
    for (const far of [90, 1000, 3e38]) {
      const state = initialPrior(Float32Array.of(0, 0, far));
      expect([...state, ...after(1, [0, 0, 1], 0.1, state)].every(Number.isFinite)).toBe(true);
    }
  });
});
