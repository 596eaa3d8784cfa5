import { describe, expect, it } from "vitest";
import { bernsteinInterval, bernsteinMean } from "../../src/off-policy/bernstein-interval.js";
import { bootstrapInterval } from "../../src/off-policy/bootstrap-interval.js";
import { estimatedValue } from "../../src/off-policy/estimator-terms.js";
import { ips } from "../../src/off-policy/ips.js";
import type { LoggedRounds } from "../../src/off-policy/logged-rounds.js";
import { snips } from "../../src/off-policy/snips.js";
import { seededRandom } from "../../src/random/random.js";

const CONFIDENCE = 0.95;

/** A log of two actions: the first is shown with 0.8 and clicked with 0.1, the second with 0.2 and 0.5; π swaps them. */
function drawLog(length: number, seed: number): LoggedRounds {
  const random = seededRandom(seed);
  const first = Array.from({ length }, () => random.uniform() < 0.8);
  return {
    rewards: Float64Array.from(first, (shown) => (random.uniform() < (shown ? 0.1 : 0.5) ? 1 : 0)),
    propensities: Float64Array.from(first, (shown) => (shown ? 0.8 : 0.2)),
    probabilities: Float64Array.from(first, (shown) => (shown ? 0.2 : 0.8)),
  };
}
const VALUE = 0.2 * 0.1 + 0.8 * 0.5;
const LOGS = 200;

const shareCovered = (covers: (seed: number) => boolean): number =>
  Array.from({ length: LOGS }, (_, seed) => covers(seed)).filter(Boolean).length / LOGS;

describe("the empirical Bernstein interval", () => {
  it("is the formula: √(2 V ln(4/δ) / n) + 7 ln(4/δ) / (3 (n − 1)) around the mean", () => {
    const values = Float64Array.from({ length: 100 }, (_, i) => (i < 10 ? 1 : 0));
    const { low, high } = bernsteinMean({ values, minimum: -10, maximum: 10 }, CONFIDENCE);
    // V = 0.0909…, ln 80 = 4.3820…
    const within = Math.sqrt((2 * (9 / 99) * Math.log(80)) / 100) + (7 * 20 * Math.log(80)) / (3 * 99);
    expect(high - 0.1).toBeCloseTo(within, 12);
    expect(0.1 - low).toBeCloseTo(within, 12);
  });

  it("never leaves the range, and is all of it for one value", () => {
    expect(bernsteinMean({ values: Float64Array.of(0.3), minimum: 0, maximum: 2 }, CONFIDENCE)).toEqual({
      low: 0,
      high: 2,
    });
  });

  it("covers the value at least as often as it says, for IPS and for SNIPS", () => {
    for (const estimator of [ips, snips]) {
      const covered = shareCovered((seed) => {
        const interval = bernsteinInterval(estimator(drawLog(400, seed)), CONFIDENCE);
        return interval !== undefined && interval.low <= VALUE && VALUE <= interval.high;
      });
      expect(covered).toBeGreaterThanOrEqual(CONFIDENCE);
    }
  });

  it("knows nothing of an estimate from a single round, which tells no range", () => {
    for (const estimator of [ips, snips]) {
      expect(bernsteinInterval(estimator(drawLog(1, 1)), CONFIDENCE)).toBeUndefined();
    }
  });

  it("does not take a log without a reward for a world without one", () => {
    const RARE = 0.01;
    const covers = (estimator: typeof ips, seed: number) => {
      const random = seededRandom(seed);
      const even = new Float64Array(100).fill(0.5);
      const rewards = even.map(() => (random.uniform() < RARE ? 1 : 0));
      const terms = estimator({ rewards, propensities: even, probabilities: even });
      const interval = bernsteinInterval(terms, CONFIDENCE);
      return interval === undefined || (interval.low <= RARE && RARE <= interval.high);
    };
    for (const estimator of [ips, snips]) {
      expect(shareCovered((seed) => covers(estimator, seed))).toBeGreaterThanOrEqual(CONFIDENCE);
    }
  });

  it("does not know SNIPS where the weights cannot be told from 0", () => {
    expect(bernsteinInterval(snips(drawLog(3, 1)), CONFIDENCE)).toBeUndefined();
  });
});

describe("the bootstrap interval", () => {
  const options = { confidence: CONFIDENCE, draws: 100 };

  it("covers the value about as often as it says, and is narrower than Bernstein's", () => {
    for (const estimator of [ips, snips]) {
      const covered = shareCovered((seed) => {
        const terms = estimator(drawLog(200, seed));
        const interval = bootstrapInterval(terms, seededRandom(seed), options);
        if (!interval) return false;
        const { low, high } = interval;
        const bernstein = bernsteinInterval(terms, CONFIDENCE);
        if (bernstein) expect(high - low).toBeLessThan(bernstein.high - bernstein.low);
        return low <= VALUE && VALUE <= high;
      });
      // Five standard errors of a share of so many logs.
      expect(Math.abs(covered - CONFIDENCE)).toBeLessThan(5 * Math.sqrt((0.95 * 0.05) / LOGS));
    }
  });

  it("is the same for the same coins, and holds the estimate", () => {
    const terms = snips(drawLog(400, 7));
    const interval = bootstrapInterval(terms, seededRandom(3), options);
    expect(bootstrapInterval(terms, seededRandom(3), options)).toEqual(interval);
    expect(interval?.low).toBeLessThan(estimatedValue(terms));
    expect(interval?.high).toBeGreaterThan(estimatedValue(terms));
  });

  it("is unknown where every log that can be drawn says the same", () => {
    const none = { ...drawLog(50, 1), rewards: new Float64Array(50) };
    expect(bootstrapInterval(ips(none), seededRandom(1), options)).toBeUndefined();
  });
});
