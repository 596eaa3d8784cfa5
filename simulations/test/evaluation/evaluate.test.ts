import { createCatalogue, type FeatureSpec, type Item } from "@tacit/shared";
import { describe, expect, it } from "vitest";
import { randomScorer } from "../../src/baselines/random-scorer.js";
import type { Environment, EnvironmentClient } from "../../src/environments/environment.js";
import { drawCandidates } from "../../src/evaluation/candidates.js";
import { difference, estimate } from "../../src/evaluation/estimate.js";
import { evaluate } from "../../src/evaluation/evaluate.js";
import type { Scorer } from "../../src/evaluation/scorer.js";

const features: FeatureSpec[] = [{ name: "n", kind: "numeric", minimum: 0, maximum: 500, scale: "linear" }];
const items: Item[] = Array.from({ length: 500 }, (_, n) => ({ id: `i${n}`, features: { n } }));
const catalogue = createCatalogue(features, items);

const client = (id: string, item: number): EnvironmentClient => ({
  id,
  history: [],
  heldOut: { kind: "click", itemId: `i${item}`, at: 1 },
  touched: new Set([`i${item}`, "i0", "i1"]),
});
const environment = (clients: EnvironmentClient[]): Environment => ({
  name: "test",
  features,
  items,
  clients,
  rewardMeaning: "length of the slate",
  reward: (_, slate) => slate.length,
});

/** Puts the held-out item, which is the first candidate, in this place (from 0). */
const inPlace = (place: number): Scorer => ({
  score: (_, candidates) => candidates.map((rows) => rows.map((_, i) => (i === 0 ? -place + 0.5 : -i + 1))),
});

describe("ranking a held-out item against 99 that were never touched", () => {
  it.each([
    [0, 1, 1],
    [1, 1, 1 / Math.log2(3)],
    [9, 1, 1 / Math.log2(11)],
    [10, 0, 0],
  ])("in place %i gives HR@10 %d and NDCG@10 %d", (place, hr, ndcg) => {
    const { metrics } = evaluate(inPlace(place), environment([client("a", 5)]), catalogue, [1]);
    expect(metrics["hr@10"].mean).toBe(hr);
    expect(metrics["ndcg@10"].mean).toBeCloseTo(ndcg, 12);
    expect(metrics.mrr.mean).toBeCloseTo(1 / (1 + place), 12);
    expect(metrics.reward.mean).toBe(10);
  });

  it("draws 99 distinct items for each user, none of them touched, the same for a seed", () => {
    const clients = Array.from({ length: 50 }, (_, i) => client(`c${i}`, 5 + i));
    const drawn = drawCandidates(clients, catalogue, 3);
    expect(drawn).toEqual(drawCandidates(clients, catalogue, 3));
    expect(drawn).not.toEqual(drawCandidates(clients, catalogue, 4));
    for (const [i, rows] of drawn.entries()) {
      expect(rows[0]).toBe(5 + i);
      expect(new Set(rows).size).toBe(100);
      expect(rows).not.toContain(0);
      expect(rows).not.toContain(1);
    }
  });

  it("finds a random order in the ten best a tenth of the time", () => {
    const clients = Array.from({ length: 2000 }, (_, i) => client(`c${i}`, 2 + (i % 490)));
    const { metrics } = evaluate(randomScorer(1), environment(clients), catalogue, [1]);
    const { mean, standardError } = metrics["hr@10"];
    expect(Math.abs(mean - 0.1)).toBeLessThan(4 * standardError);
  });

  it("breaks equal scores by a coin, so that a scorer without an opinion is no better than chance", () => {
    const indifferent: Scorer = { score: (_, candidates) => candidates.map((rows) => rows.map(() => 0)) };
    const clients = Array.from({ length: 2000 }, (_, i) => client(`c${i}`, 2 + (i % 490)));
    const { mean } = evaluate(indifferent, environment(clients), catalogue, [1]).metrics["hr@10"];
    expect(mean).toBeGreaterThan(0.07);
    expect(mean).toBeLessThan(0.13);
  });
});

describe("an estimate", () => {
  it("is a mean with its standard error, s/√n", () => {
    expect(estimate([1, 2, 3, 4])).toEqual({ mean: 2.5, standardError: Math.sqrt(5 / 3 / 4) });
    expect(estimate([7])).toEqual({ mean: 7, standardError: 0 });
  });

  it("of a difference counts each user's own, so that what two arms share cancels", () => {
    expect(difference([5, 100, 3], [4, 99, 2])).toEqual({ mean: 1, standardError: 0 });
  });
});
