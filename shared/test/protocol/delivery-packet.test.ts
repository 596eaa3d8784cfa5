import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CODECS, roundedTo } from "../../src/compression/codecs.js";
import { decodeDelivery, encodeDelivery } from "../../src/protocol/delivery-packet.js";
import { encodeModel } from "../../src/protocol/model-packet.js";
import { PACKET_HEADER_BYTES } from "../../src/protocol/packet.js";
import { ENCODINGS } from "../../src/task/delivery-spec.js";

const taskHash = "ab".repeat(32);
const PARAMETERS = 70;
/** With a clip behind the parameters. */
const DIMENSION = PARAMETERS + 1;

describe.each(ENCODINGS)("a delivered version (%s)", (encoding) => {
  const delivery = { encoding, deltas: true };
  const version = (modelVersion: number) => {
    const exact = Float32Array.from({ length: DIMENSION }, (_, i) => Math.sin(i + modelVersion / 50));
    const parameters = roundedTo(encoding, exact, PARAMETERS) ?? new Float32Array();
    return { taskHash, modelVersion, parameters };
  };
  const expected = { taskHash, dimension: DIMENSION, delivery, parameters: PARAMETERS };
  const [base, next] = [version(3), version(4)];

  it("is exactly the numbers that were committed, whole or as a difference", () => {
    const whole = encodeDelivery(next, { delivery, parameters: PARAMETERS });
    const delta = encodeDelivery(next, { delivery, parameters: PARAMETERS, base });
    expect(whole.length).toBe(PACKET_HEADER_BYTES + CODECS[encoding].bytes(PARAMETERS) + 4);
    expect(decodeDelivery(whole, { ...expected, base })).toEqual({ ok: true, ...next });
    expect(decodeDelivery(delta, { ...expected, base })).toEqual({ ok: true, ...next });
  });

  it("is refused as a difference from what is not held", () => {
    const delta = encodeDelivery(next, { delivery, parameters: PARAMETERS, base });
    const refused = { ok: false, reason: "wrong-model", field: "base" };
    expect(decodeDelivery(delta, expected)).toMatchObject(refused);
    expect(decodeDelivery(delta, { ...expected, base: version(2) })).toMatchObject(refused);
  });

  it("is refused in any other encoding, and any bytes are refused without an exception", () => {
    const other = { ...delivery, encoding: encoding === "int8" ? "float16" : "int8" } as const;
    const whole = encodeDelivery(next, { delivery, parameters: PARAMETERS });
    expect(decodeDelivery(whole, { ...expected, delivery: other }).ok).toBe(false);
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 400 }), fc.anything()), (input) => {
        expect(decodeDelivery(input, expected).ok).toBe(false);
      }),
    );
  });
});

it("float32 without a delta is the very packet of tasks that say nothing of delivery", () => {
  const model = { taskHash, modelVersion: 1, parameters: Float32Array.of(1, 2, 3) };
  const delivery = { encoding: "float32", deltas: true } as const;
  expect(encodeDelivery(model, { delivery, parameters: 2 })).toEqual(encodeModel(model));
});

it("a half that is infinite is refused", () => {
  const model = { taskHash, modelVersion: 1, parameters: Float32Array.of(1) };
  const delivery = { encoding: "float16", deltas: false } as const;
  const packet = encodeDelivery(model, { delivery, parameters: 1 });
  packet.set([0, 0x7c], PACKET_HEADER_BYTES);
  expect(decodeDelivery(packet, { taskHash, dimension: 1, delivery, parameters: 1 })).toMatchObject({
    reason: "malformed",
    field: "parameters",
  });
});
