import { describe, expect, it } from "vitest";
import { summarise } from "../../src/experiment/summary.js";
import type { Trial } from "../../src/scenario/trial.js";

const trial = (arm: string, seed: number, rate: number, epsilon: number | null = null): Trial => ({
  variation: "",
  arm,
  seed,
  metrics: { "hr@10": rate },
  users: 10,
  course: [],
  privacy:
    epsilon === null
      ? null
      : {
          releasesEpsilon: epsilon,
          coordinatorEpsilon: epsilon,
          delta: 1e-5,
          noiseMultiplier: 1,
          participations: 1,
        },
  modelHash: null,
  seconds: 1,
});

describe("a summary over seeds", () => {
  const trials = [
    trial("federated, no privacy", 1, 0.5),
    trial("federated, no privacy", 2, 0.7),
    trial("federated, epsilon 8", 1, 0.4, 7.5),
    trial("federated, epsilon 8", 2, 0.6, 7.9),
  ];
  const [free, priced] = summarise(trials);

  it("has means with Student's intervals", () => {
    // s = √0.02, over √2, times t₀.₉₇₅ of one degree of freedom
    expect(free?.metrics["hr@10"]?.mean).toBeCloseTo(0.6, 12);
    expect(free?.metrics["hr@10"]?.high).toBeCloseTo(0.6 + 12.706 * 0.1, 12);
  });

  it("takes what privacy cost seed by seed, so that what seeds share cancels", () => {
    expect(priced?.lead?.["hr@10"]?.mean).toBeCloseTo(-0.1, 12);
    expect(priced?.lead?.["hr@10"]?.high).toBeCloseTo(-0.1, 12);
    expect(free?.lead).toBeNull();
  });

  it("is above who lies below without overlap of the intervals, and of nobody after fewer than three seeds", () => {
    const three = (arm: string, rates: readonly number[]) => rates.map((rate, i) => trial(arm, i + 1, rate));
    const [low, high, wide] = summarise([
      ...three("random", [0.1, 0.11, 0.1]),
      ...three("popularity", [0.3, 0.31, 0.3]),
      ...three("oracle", [0.1, 0.9, 0.5]),
    ]);
    expect(low?.above).toEqual([]);
    expect(high?.above).toEqual(["random"]);
    expect(wide?.above).toEqual([]);
    const two = (arm: string, rate: number) => [trial(arm, 1, rate), trial(arm, 2, rate)];
    expect(summarise([...two("random", 0.1), ...two("oracle", 0.9)])[1]?.above).toEqual([]);
  });

  it("is above nobody where all but two of its seeds diverged", () => {
    const diverged: Trial = { ...trial("oracle", 3, 0), metrics: {}, diverged: "round 1" };
    const random = [0.1, 0.11, 0.1].map((rate, i) => trial("random", i + 1, rate));
    const oracle = [trial("oracle", 1, 0.9), trial("oracle", 2, 0.9), diverged];
    expect(summarise([...random, ...oracle]).at(-1)?.above).toEqual([]);
  });

  it("knows how many updates reached the clip, over all rounds and seeds", () => {
    const round = (shareClipped: number | null) => ({
      round: 1,
      value: null,
      epsilon: null,
      loss: null,
      shareClipped,
    });
    const clipped = (seed: number, shares: readonly (number | null)[]) => ({
      ...trial("federated, epsilon 8", seed, 0.5, 8),
      course: shares.map(round),
    });
    const [summary] = summarise([clipped(1, [null, 0.1, 0.2]), clipped(2, [null, 0.3, 0.4])]);
    expect(summary?.shareClipped).toBeCloseTo(0.25, 12);
    expect(free?.shareClipped).toBeNull();
  });

  it("names the largest budget that any seed spent", () => {
    expect(priced?.epsilon).toBe(7.9);
    expect(free?.epsilon).toBeNull();
  });
});
