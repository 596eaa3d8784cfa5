import { afterEach, describe, expect, it, vi } from "vitest";
import { platformBytes, randomHex } from "../../src/random/byte-source.js";
import { drawnAhead } from "../../src/random/drawn-ahead.js";

const QUOTA = 65_536;
const LENGTHS = [1, 2, 3, 31, 1000, 65_535, 65_536, 65_537, 131_071, 131_072, 131_073, 199_999, 200_000];

/** As browsers have it: no more than 65,536 bytes at once. Random, but never zero. */
function browserValues<T extends ArrayBufferView | null>(view: T): T {
  if (!view) return view;
  if (view.byteLength > QUOTA) throw new DOMException("too many bytes", "QuotaExceededError");
  new Uint8Array(view.buffer, view.byteOffset, view.byteLength).fill(0xa5);
  return view;
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe("platformBytes", () => {
  it.each(LENGTHS)("fills %d bytes in a browser, within its quota, and not one more", (length) => {
    vi.spyOn(crypto, "getRandomValues").mockImplementation(browserValues);
    const whole = new Uint8Array(length + 16);
    platformBytes.fill(whole.subarray(8, length + 8));
    expect(whole.subarray(8, length + 8).every((byte) => byte === 0xa5)).toBe(true);
    expect([...whole.subarray(0, 8), ...whole.subarray(length + 8)]).toEqual(new Array(16).fill(0));
  });

  it.each(LENGTHS)("fills %d bytes on this platform", (length) => {
    const seen = new Uint8Array(length);
    const bytes = new Uint8Array(length);
    // A byte that is written at all is zero eight times in a row with a probability of 2^-64.
    for (let i = 0; i < 8; i++) {
      platformBytes.fill(bytes);
      for (let at = 0; at < length; at++) seen[at] = (seen[at] ?? 0) | (bytes[at] ?? 0);
    }
    expect(seen.every((byte) => byte > 0)).toBe(true);
  });

  it("asks for nothing where nothing is wanted", () => {
    const asked = vi.spyOn(crypto, "getRandomValues");
    platformBytes.fill(new Uint8Array());
    expect(asked).not.toHaveBeenCalled();
  });

  it("gives identifiers of the length asked for", () => {
    expect(randomHex(16)).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe("bytes drawn ahead", () => {
  it("are handed out once each, in order and overwritten, before the source is asked again", () => {
    const drawn = Uint8Array.of(1, 2, 3, 4, 5);
    const source = drawnAhead(drawn, { fill: (bytes) => void bytes.fill(9) });
    const into = new Uint8Array(3);
    source.fill(into);
    expect([...into]).toEqual([1, 2, 3]);
    expect([...drawn]).toEqual([0, 0, 0, 4, 5]);
    source.fill(into);
    expect([...into]).toEqual([4, 5, 9]);
    source.fill(into);
    expect([...into]).toEqual([9, 9, 9]);
  });
});
