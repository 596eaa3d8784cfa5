import { describe, expect, it } from "vitest";
import { unpackIntegers } from "../../../src/privacy/pack.js";
import { portablePrimitives } from "../../../src/secagg/crypto/portable-primitives.js";
import { shamir } from "../../../src/secagg/crypto/shamir.js";
import { runInMemory } from "../../../src/secagg/in-memory-cohort.js";
import { maskedInputCodec } from "../../../src/secagg/messages/messages.js";
import { chiSquareP } from "../../privacy/support/goodness-of-fit.js";
import { seededBytes } from "../../privacy/support/seeded-bytes.js";
import { bodyOf } from "../adversary/attack.js";
import { exampleCohort } from "../support/example-cohort.js";
import { toySharing } from "../support/toy-sharing.js";

const DIMENSION = 2 ** 16;

/** The masked inputs of three clients whose inputs are all zero: nothing but masks. Keys and shares are fixed. */
async function maskedZeros(bits: number): Promise<Uint32Array[]> {
  const masked: Uint32Array[] = [];
  const cohort = await exampleCohort({
    clients: 3,
    terms: { bits, dimension: DIMENSION },
    input: () => new Uint32Array(DIMENSION),
    primitives: (party) => {
      const random = seededBytes(party);
      return { ...portablePrimitives(shamir, random), ...toySharing(random) };
    },
  });
  const { end } = await runInMemory({
    ...cohort,
    wire({ kind, message }) {
      if (kind === "masked-input") {
        const { packed } = bodyOf(message, maskedInputCodec(DIMENSION, bits));
        masked.push(unpackIntegers(packed, bits, DIMENSION));
      }
      return [message];
    },
  });
  expect(end).toMatchObject({ ok: true, result: { sum: new Uint32Array(DIMENSION) } });
  return masked;
}

const BYTES = 256;
const uniform = () => 1 / BYTES;
/** Far below what three honest samples of any modulus ever give; a value that never comes gives far less. */
const IMPOSSIBLE = 1e-6;

describe("a masked input of zeros is uniform over the whole modulus", () => {
  it.each([8, 11, 16, 17, 32])("of %i bits, at its top and at its bottom", async (bits) => {
    for (const masked of await maskedZeros(bits)) {
      const top = masked.map((value) => Math.floor(value / 2 ** (bits - 8)));
      const bottom = masked.map((value) => value % BYTES);
      expect(chiSquareP(top, uniform)).toBeGreaterThan(IMPOSSIBLE);
      expect(chiSquareP(bottom, uniform)).toBeGreaterThan(IMPOSSIBLE);
    }
  });

  it("each value by itself as often as any other, the last one too", async () => {
    for (const masked of await maskedZeros(8)) {
      const counts = new Uint32Array(BYTES);
      for (const value of masked) counts[value] = (counts[value] ?? 0) + 1;
      const mean = DIMENSION / BYTES;
      // Six standard deviations of a binomial count.
      const furthest = Math.max(...counts.map((count) => Math.abs(count - mean)));
      expect(furthest).toBeLessThan(6 * Math.sqrt(mean));
      expect(Math.abs((counts[BYTES - 1] ?? 0) - mean)).toBeLessThan(6 * Math.sqrt(mean));
    }
  });

  it("and the test notices masks that never take the top value", () => {
    const random = seededBytes(1);
    const bytes = new Uint8Array(DIMENSION);
    random.fill(bytes);
    expect(chiSquareP(bytes, uniform)).toBeGreaterThan(IMPOSSIBLE);
    expect(
      chiSquareP(
        bytes.map((byte) => Math.floor((byte * 255) / 256)),
        uniform,
      ),
    ).toBeLessThan(IMPOSSIBLE);
  });
});
