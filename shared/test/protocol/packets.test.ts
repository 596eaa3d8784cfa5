import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CHAIN_START, decodeModel, encodeModel, modelHash } from "../../src/protocol/model-packet.js";
import { PACKET_HEADER_BYTES } from "../../src/protocol/packet.js";
import { decodeUpload, encodeUpload, openUpload, uploadBytes } from "../../src/protocol/upload-packet.js";

const taskHash = "ab".repeat(32);
const cohortId = "01".repeat(16);
const updateId = "02".repeat(16);
const bitsAndValues = fc
  .integer({ min: 8, max: 32 })
  .chain((bits) =>
    fc.tuple(fc.constant(bits), fc.array(fc.integer({ min: 0, max: 2 ** bits - 1 }), { minLength: 1 })),
  );

function upload(bits: number, values: readonly number[]) {
  return encodeUpload({
    taskHash,
    modelVersion: 3,
    cohortId,
    updateId,
    bits,
    values: Uint32Array.from(values),
  });
}

describe("upload packets", () => {
  it("carry any integers of any width there and back", () => {
    fc.assert(
      fc.property(bitsAndValues, ([bits, values]) => {
        const bytes = upload(bits, values);
        expect(bytes.length).toBe(uploadBytes(values.length, bits));
        const decoded = decodeUpload(bytes, { taskHash, dimension: values.length, bits });
        expect(decoded).toEqual({
          ok: true,
          taskHash,
          modelVersion: 3,
          cohortId,
          updateId,
          bits,
          values: Uint32Array.from(values),
        });
        const { values: _, ...header } = { values, ...decoded };
        const opened = openUpload(bytes, { taskHash, dimension: values.length, bits });
        expect(opened).toEqual({ ...header, packed: bytes.subarray(PACKET_HEADER_BYTES) });
      }),
    );
  });

  const expected = { taskHash, dimension: 5, bits: 20 };
  it.each([
    ["another task", { ...expected, taskHash: "cd".repeat(32) }, "wrong-task"],
    ["a larger dimension than ours", { ...expected, dimension: 4 }, "oversized"],
    ["a smaller dimension than ours", { ...expected, dimension: 6 }, "wrong-dimension"],
    ["another width", { ...expected, bits: 21 }, "wrong-encoding"],
  ])("refuses %s", (_, expectation, reason) => {
    expect(decodeUpload(upload(20, [1, 2, 3, 4, 5]), expectation)).toMatchObject({ ok: false, reason });
  });

  it("refuses a cut, a stretched and a flipped packet, and never throws on any bytes", () => {
    const bytes = upload(20, [1, 2, 3, 4, 5]);
    expect(decodeUpload(bytes.subarray(0, -1), expected)).toMatchObject({ reason: "malformed" });
    expect(decodeUpload(new Uint8Array([...bytes, 0]), expected)).toMatchObject({ reason: "oversized" });
    for (const at of [0, 4, 5, 6, 7, 12, 16]) {
      const flipped = bytes.slice();
      flipped[at] = (flipped[at] ?? 0) ^ 0xff;
      expect(decodeUpload(flipped, expected).ok).toBe(false);
    }
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.anything()), (input) => {
        expect(decodeUpload(input, expected).ok).toBe(false);
      }),
    );
  });
});

describe("model packets", () => {
  const parameters = Float32Array.from([0.5, -1.25, 3e-8]);

  it("carry parameters exactly", () => {
    const decoded = decodeModel(encodeModel({ taskHash, modelVersion: 7, parameters }), {
      taskHash,
      dimension: 3,
    });
    expect(decoded).toEqual({ ok: true, taskHash, modelVersion: 7, parameters });
  });

  it("refuse parameters that are not finite", () => {
    const packet = encodeModel({ taskHash, modelVersion: 7, parameters: Float32Array.from([1, Number.NaN]) });
    expect(decodeModel(packet, { taskHash, dimension: 2 })).toMatchObject({
      reason: "malformed",
      field: "parameters",
    });
  });

  it("hash their whole past: another history gives another hash", () => {
    const model = { taskHash, modelVersion: 1, parameters };
    const first = modelHash(CHAIN_START, { ...model, modelVersion: 0 });
    expect(modelHash(first, model)).toMatch(/^[0-9a-f]{64}$/);
    expect(modelHash(first, model)).not.toBe(modelHash(CHAIN_START, model));
  });
});
