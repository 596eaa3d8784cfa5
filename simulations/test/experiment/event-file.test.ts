import { describe, expect, it } from "vitest";
import { crc32c, maskedCrc32c } from "../../src/experiment/tensorboard/crc32c.js";
import { eventFile } from "../../src/experiment/tensorboard/event-file.js";

describe("CRC-32C", () => {
  it("gives the published values", () => {
    expect(crc32c(new TextEncoder().encode("123456789"))).toBe(0xe3069283);
    // RFC 3720, appendix B.4
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
    expect(crc32c(new Uint8Array(32).fill(255))).toBe(0x62a8ab43);
    expect(crc32c(Uint8Array.from({ length: 32 }, (_, i) => i))).toBe(0x46dd794e);
  });
});

describe("a TensorBoard event file", () => {
  it("is a chain of checked records, the first of which names the format", () => {
    const records = recordsOf(eventFile([{ tag: "final/hr@10", step: 300, value: 0.5 }]));
    expect(records).toHaveLength(2);
    expect(new TextDecoder().decode(records[0])).toContain("brain.Event:2");
  });

  it("holds step, tag and value as tensorflow.Event has them", () => {
    const [, event] = recordsOf(eventFile([{ tag: "a", step: 300, value: 0.5 }]));
    // wall_time = 300.0; step = 300; summary { value { tag: "a" simple_value: 0.5 } }
    const bytes = [
      ...[0x09, 0, 0, 0, 0, 0, 0xc0, 0x72, 0x40],
      ...[0x10, 0xac, 0x02],
      ...[0x2a, 0x0a, 0x0a, 0x08, 0x0a, 0x01, 0x61, 0x15, 0, 0, 0, 0x3f],
    ];
    expect([...(event ?? [])]).toEqual(bytes);
  });
});

/** Reads the records back, and checks what they are checked with. */
function recordsOf(file: Uint8Array): Uint8Array[] {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const records: Uint8Array[] = [];
  for (let at = 0; at < file.length; ) {
    const length = Number(view.getBigUint64(at, true));
    expect(view.getUint32(at + 8, true)).toBe(maskedCrc32c(file.subarray(at, at + 8)));
    const data = file.subarray(at + 12, at + 12 + length);
    expect(view.getUint32(at + 12 + length, true)).toBe(maskedCrc32c(data));
    records.push(data);
    at += 16 + length;
  }
  return records;
}
