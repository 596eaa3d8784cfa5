import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createMechanism } from "../../src/privacy/mechanism.js";
import { packedBytes, packIntegers, unpackIntegers } from "../../src/privacy/pack.js";
import { planSealing, type SealingPlan } from "../../src/privacy/plan-sealing.js";
import { addSealed, emptySum } from "../../src/privacy/sealed-sum.js";
import { openedDeviation } from "../../src/privacy/split-mean.js";
import { privateTask } from "./support/private-task.js";
import { seededBytes } from "./support/seeded-bytes.js";

/** Without noise of the clients' own, so that what is rounded and wrapped can be seen. */
function bare(dimension: number, bits: number, clients: number): SealingPlan | undefined {
  const privacy = { mode: "trusted", bits, noiseMultiplier: 0.2 } as const;
  const planned = planSealing(
    privateTask({ privacy, cohort: { size: clients, minimum: clients } }),
    dimension,
  );
  return planned.ok ? planned.plan : undefined;
}

const centred = (residue: number, bits: number) =>
  residue >= 2 ** (bits - 1) ? residue - 2 ** bits : residue;

const shapes: Record<string, (dimension: number, i: number) => number> = {
  "a spike": (dimension, i) => (i === dimension >> 1 ? 1e30 : 0),
  "a spike of the longest float": (_, i) => (i === 0 ? 3.4e38 : 0),
  denormals: () => 1e-45,
  "alternating signs": (_, i) => (i % 2 === 0 ? 1 : -1),
  "all the same": () => -7,
  nothing: () => 0,
  "long and short": (_, i) => 10 ** -(i % 40),
};
const shape = fc.constantFrom(...Object.values(shapes));
const vectorOf = (dimension: number, at: (dimension: number, i: number) => number) =>
  Float32Array.from({ length: dimension }, (_, i) => at(dimension, i));

describe("sealing, for any dimension and modulus", () => {
  it("keeps the exact integer norm, opens to the clipped update within the rounding, and packs without slack", () => {
    const dimensions = fc.oneof(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 5000 }));
    fc.assert(
      fc.property(
        dimensions,
        fc.integer({ min: 8, max: 32 }),
        shape,
        fc.nat(),
        (dimension, bits, at, seed) => {
          const plan = bare(dimension, bits, 2);
          fc.pre(plan !== undefined);
          const update = vectorOf(dimension, at);
          const mechanism = createMechanism(plan, `${seed}`);
          const result = mechanism.seal(update, seededBytes(seed));
          if (!result.ok) throw new Error(result.reason);
          let square = 0n;
          for (const residue of result.sealed) square += BigInt(centred(residue, bits)) ** 2n;
          expect(Number(square)).toBeLessThanOrEqual(plan.integerNorm ** 2);

          const packed = packIntegers(result.sealed, bits);
          expect(packed).toHaveLength(packedBytes(dimension, bits));
          expect(unpackIntegers(packed, bits, dimension)).toEqual(result.sealed);

          const opened = mechanism.open(result.sealed, 1, new Int32Array(dimension));
          const shrink = Math.min(1, plan.clip / Math.hypot(...update));
          const error = opened.reduce((sum, value, i) => sum + (value - shrink * (update[i] ?? 0)) ** 2, 0);
          // Each coordinate is less than one step from what was rounded.
          expect(Math.sqrt(error)).toBeLessThan((Math.sqrt(dimension) / plan.scale) * (1 + 1e-3) + 1e-4);
        },
      ),
      { numRuns: 150 },
    );
  });

  it("opens the sum of clients that all push one way, hardly ever with a coordinate that wrapped, at every modulus that is accepted", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 8, max: 32 }),
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 2, max: 40 }),
        (bits, dimension, clients) => {
          const plan = bare(dimension, bits, clients);
          fc.pre(plan !== undefined);
          const mechanism = createMechanism(plan, "boundary");
          const sum = emptySum(plan);
          const update = new Float32Array(dimension).fill(1 / Math.sqrt(dimension));
          for (let n = 0; n < clients; n++) {
            const result = mechanism.seal(update, seededBytes(n));
            if (!result.ok) throw new Error(result.reason);
            addSealed(plan, sum, result.sealed);
          }
          const opened = mechanism.open(sum, clients, new Int32Array(dimension));
          const error = opened.reduce((total, value, i) => total + (value - (update[i] ?? 0)) ** 2, 0);
          // A coordinate that wrapped is off by 2^bits steps of the sum. The modulus leaves it a chance of 1e-4; two of
          // them in one of these runs happen once in some ten thousand.
          expect(Math.sqrt(error)).toBeLessThan((1.5 * 2 ** bits) / plan.scale / clients);
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    "refuses %d at any place",
    (value) => {
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 200 }), fc.nat(), (dimension, at) => {
          const plan = bare(dimension, 24, 2);
          fc.pre(plan !== undefined);
          const update = new Float32Array(dimension).fill(0.1);
          update[at % dimension] = value;
          const refused = { ok: false, reason: "non-finite" };
          expect(createMechanism(plan, "public").seal(update, seededBytes(1))).toEqual(refused);
        }),
        { numRuns: 30 },
      );
    },
  );

  it("takes ten million coordinates", () => {
    const dimension = 10_000_000;
    const planned = planSealing(privateTask({ privacy: { bits: 20 } }), dimension);
    if (!planned.ok) throw new Error(planned.message);
    const { plan } = planned;
    const mechanism = createMechanism(plan, "large");
    const update = new Float32Array(dimension);
    update[dimension - 1] = 4;
    const result = mechanism.seal(update, seededBytes(8));
    if (!result.ok) throw new Error(result.reason);
    const opened = mechanism.open(result.sealed, 1);
    const noise = openedDeviation(plan, { contributors: 1 });
    expect(Math.abs((opened[dimension - 1] ?? 0) - 1)).toBeLessThan(6 * noise);
    let square = 0;
    for (let i = 0; i < dimension - 1; i++) square += (opened[i] ?? 0) ** 2;
    expect(Math.abs(square / dimension / noise ** 2 - 1)).toBeLessThan(6 * Math.sqrt(2 / dimension) + 1e-3);
  }, 60_000);
});
