import { createOptimiser, firstVersion, type ModelVersion, nextVersion } from "@tacit/server";
import { addSealed, centre, emptySum, noiseShare, platformPrimitives, wrap } from "@tacit/shared";
import { describe, expect, it } from "vitest";
import { bytesOf, PURPOSE } from "../../../src/virtual/coins.js";
import { clientRound } from "../../../src/virtual/round/client-round.js";
import { addCohortNoise } from "../../../src/virtual/round/cohort-noise.js";
import { MEASURES } from "../../../src/virtual/round/measures.js";
import { protocolSum } from "../../../src/virtual/round/protocol-sum.js";
import { smallRoom } from "../support/small-room.js";
import { kolmogorovSmirnov } from "../support/two-samples.js";

const LEARNING = { localSteps: 5, batchSize: 4, candidates: 7, minimumInteractions: 3 };
const clients = Uint32Array.from({ length: 20 }, (_, i) => i);

describe.each([{ kind: "full" }, { kind: "random-mask", share: 0.25 }] as const)(
  "the protocol path of updates: $kind",
  (update) => {
    const { room, spec, parameters } = smallRoom("protocol", { learning: { ...LEARNING, update } });
    const head: ModelVersion = firstVersion(spec, parameters);
    const seal = clientRound(room, { modelVersion: 0, parameters, clients });
    const measured = new Float64Array(MEASURES * clients.length);
    const sealed = Array.from(clients, (_, place) => {
      const into = emptySum(spec.plan);
      expect(seal(place, into, measured)).toBe(true);
      return into;
    });
    const sumOf = (places: readonly number[]) => {
      const sum = emptySum(spec.plan);
      for (const place of places) addSealed(spec.plan, sum, sealed[place] ?? emptySum(spec.plan));
      return sum;
    };
    const members = sealed.map((update, client) => ({ client, sealed: update }));

    it("opens the very integers that adding up sealed updates gives: the masks cancel", async () => {
      const summed = await protocolSum(spec, await platformPrimitives(), head, members);
      expect(summed).toEqual({ ok: true, contributors: 20, sum: sumOf([...clients]) });
    });

    it("opens the sum of those that did not drop out, whenever they did", async () => {
      const phases = ["advertisement", "shares", "masked-input"] as const;
      const some = members.map((member, i) => ({
        ...member,
        ...(i < 3 && { silentFrom: phases[i] ?? phases[0] }),
      }));
      const summed = await protocolSum(spec, await platformPrimitives(), head, some);
      expect(summed).toEqual({ ok: true, contributors: 17, sum: sumOf([...clients].slice(3)) });
    });

    it("gives no sum of too few, and says why", async () => {
      const most = members.map((member, i) => ({
        ...member,
        ...(i < 6 && { silentFrom: "shares" as const }),
      }));
      const summed = await protocolSum(spec, await platformPrimitives(), head, most);
      expect(summed).toMatchObject({ ok: false, message: expect.stringMatching(/\w/) });
    });

    it("ends in the coordinator's own next version", async () => {
      const summed = await protocolSum(spec, await platformPrimitives(), head, members);
      if (!summed.ok) throw new Error(summed.message);
      const aggregation = { ...spec, optimiser: createOptimiser(spec.task.aggregation) };
      const next = nextVersion(aggregation, head, [summed], bytesOf(1, PURPOSE.coordinatorNoise, 0, 0));
      expect(next).toMatchObject({
        ok: true,
        contributors: 20,
        version: { modelVersion: 1, previousHash: head.hash },
      });
      if (!next.ok) throw new Error(next.message);
      const moved = next.version.parameters.filter((value, i) => value !== parameters[i]);
      expect(moved).toHaveLength(spec.plan.updateLength);
    });
  },
);

describe("the noise of a cohort", () => {
  const plan = { dimension: 20_000, bits: 24, shareDeviation: 20 };
  const CONTRIBUTORS = 30;
  const fast = (seed: number, value = 0) => {
    const sum = new Uint32Array(plan.dimension).fill(value);
    expect(addCohortNoise(plan, sum, CONTRIBUTORS, bytesOf(seed, PURPOSE.cohortNoise, 0, 0))).toBe(
      "one-draw",
    );
    return opened(sum, plan.bits);
  };
  const byShares = (seed: number) => {
    const sum = new Uint32Array(plan.dimension);
    const share = new Int32Array(plan.dimension);
    for (let client = 0; client < CONTRIBUTORS; client++) {
      noiseShare(plan.shareDeviation, bytesOf(seed, PURPOSE.sealing, 1, client), share);
      wrap(sum, share, plan.bits, sum);
    }
    return opened(sum, plan.bits);
  };

  it("is one draw with the distribution of real shares: two samples of 20,000 are not told apart", () => {
    const distance = kolmogorovSmirnov(fast(1), byShares(1));
    // P[√(n/2)·D > 2.5] is about 7e-6.
    expect(distance * Math.sqrt(plan.dimension / 2)).toBeLessThan(2.5);
    const wider = fast(2).map((x) => 1.05 * x);
    expect(kolmogorovSmirnov(wider, byShares(2)) * Math.sqrt(plan.dimension / 2)).toBeGreaterThan(1);
  });

  it("has the variance of all shares together", () => {
    const variance = fast(3).reduce((sum, x) => sum + x * x, 0) / plan.dimension;
    expect(Math.abs(variance / (CONTRIBUTORS * 400) - 1)).toBeLessThan(6 * Math.sqrt(2 / plan.dimension));
  });

  it("wraps around the modulus with the sum it is added to", () => {
    const shifted = fast(4, 2 ** 24 - 5);
    expect(shifted).toEqual(fast(4).map((x) => x - 5));
  });

  it("is drawn share by share where one draw is not near enough", () => {
    const sum = new Uint32Array(1000);
    const coarse = { dimension: 1000, bits: 24, shareDeviation: 1 };
    expect(addCohortNoise(coarse, sum, 100, bytesOf(1, PURPOSE.cohortNoise, 0, 0))).toBe("every-share");
    const variance = opened(sum, 24).reduce((total, x) => total + x * x, 0) / 1000;
    expect(Math.abs(variance / 100 - 1)).toBeLessThan(6 * Math.sqrt(2 / 1000));
  });

  it("is none where the plan has none", () => {
    const sum = new Uint32Array(10);
    const silent = { dimension: 10, bits: 24, shareDeviation: 0 };
    expect(addCohortNoise(silent, sum, 100, bytesOf(1, PURPOSE.cohortNoise, 0, 0))).toBe("none");
    expect(sum).toEqual(new Uint32Array(10));
  });
});

describe("a cohort's sum on the fast path", () => {
  it("differs from one of sealed updates with noise by noise and rounding alone", () => {
    const [quiet, loud] = [smallRoom("fast"), smallRoom("protocol")];
    const sums = [quiet, loud].map(({ room, spec, parameters }) => {
      const seal = clientRound(room, { modelVersion: 0, parameters, clients });
      const measured = new Float64Array(MEASURES * clients.length);
      const [sum, one] = [emptySum(spec.plan), emptySum(spec.plan)];
      for (const place of clients.keys()) if (seal(place, one, measured)) addSealed(spec.plan, sum, one);
      if (room === quiet.room) addCohortNoise(spec.plan, sum, 20, bytesOf(9, PURPOSE.cohortNoise, 0, 0));
      return opened(sum, spec.plan.bits);
    });
    const { plan } = quiet.spec;
    const [a = new Float32Array(), b = new Float32Array()] = sums;
    const square = a.reduce((total, x, i) => total + (x - (b[i] ?? 0)) ** 2, 0) / plan.dimension;
    // Twice the noise of twenty shares, each with roundings of variance 1/4 at most.
    const expected = 2 * 20 * plan.shareDeviation ** 2;
    expect(Math.abs(square / expected - 1)).toBeLessThan(6 * Math.sqrt(2 / plan.dimension));
  });
});

function opened(sum: Uint32Array, bits: number): Float32Array {
  const integers = new Float32Array(sum.length);
  centre(sum, bits, 1, integers);
  return integers;
}
