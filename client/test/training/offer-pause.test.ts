import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { drawPause, paced } from "../../src/training/offer-pause.js";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** When, from now, work that takes so long is over for whoever waits for it. */
async function momentOf(pause: number, work: number, signal = new AbortController().signal): Promise<number> {
  const start = Date.now();
  const done = paced(pause, signal, () => {
    vi.advanceTimersByTime(work);
  }).then(() => Date.now() - start);
  await vi.runAllTimersAsync();
  return done;
}

describe("the moment of an offer", () => {
  it("is the same however often the sealing had to try", async () => {
    for (const work of [0, 1, 100, 499]) expect(await momentOf(500, work)).toBe(500);
  });

  it("is late by what the work takes longer, and only then", async () => {
    expect(await momentOf(500, 700)).toBe(700);
    expect(await momentOf(0, 700)).toBe(700);
  });

  it("does not wait for whoever has stopped", async () => {
    const controller = new AbortController();
    const done = paced(500, controller.signal, () => 7);
    controller.abort();
    expect(await done).toBe(7);
    expect(vi.getTimerCount()).toBe(0);
    expect(await paced(500, controller.signal, () => 8)).toBe(8);
  });
});

describe("a drawn pause", () => {
  it("is between half of the longest and all of it", () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.nat(2 ** 32 - 1), (longest, word) => {
        const bytes = { fill: (into: Uint8Array) => into.set(new Uint8Array(Uint32Array.of(word).buffer)) };
        const pause = drawPause(longest, bytes);
        expect(pause).toBeGreaterThanOrEqual(longest / 2);
        expect(pause).toBeLessThanOrEqual(longest);
      }),
    );
  });

  it("differs from one to the next", () => {
    expect(new Set(Array.from({ length: 50 }, () => drawPause(2000))).size).toBeGreaterThan(45);
  });
});
