import type { Interaction } from "@tacit/shared";
import { describe, expect, it } from "vitest";
import { Device } from "../../src/device/device.js";
import type { HistoryStore } from "../../src/history/history-store.js";
import { memoryHistoryStore } from "../../src/history/memory-history-store.js";

const MOST = 10_000;
const SLACK = 1000;
const click = (i: number): Interaction => ({ kind: "click", itemId: `i${i}`, at: i });

/** A full device whose next interaction makes it cut off the oldest, which waits for `go`. */
async function full(): Promise<{
  device: Device;
  store: HistoryStore;
  trimming: Promise<void>;
  go: () => void;
}> {
  const store = memoryHistoryStore();
  for (let i = 0; i < MOST + SLACK - 1; i++) await store.append(click(i));
  let [go, began] = [() => {}, () => {}];
  const gate = new Promise<void>((resolve) => {
    go = resolve;
  });
  const trimming = new Promise<void>((resolve) => {
    began = resolve;
  });
  const slow: HistoryStore = {
    ...store,
    async trim(most) {
      began();
      await gate;
      await store.trim(most);
    },
  };
  return { device: await Device.open(slow), store, trimming, go };
}

describe("a device that cuts off the oldest interactions", () => {
  it("has nothing when it is told to forget meanwhile, in memory and in the store", async () => {
    const { device, store, trimming, go } = await full();
    const appended = device.append(click(MOST + SLACK));
    await trimming;
    const forgotten = device.forget();
    go();
    await Promise.all([appended, forgotten]);
    expect(device.history).toEqual([]);
    expect(await store.interactions()).toEqual([]);
  });

  it("keeps what is tracked meanwhile", async () => {
    const { device, store, trimming, go } = await full();
    const appended = device.append(click(MOST + SLACK));
    await trimming;
    const tracked = device.append(click(MOST + SLACK + 1));
    go();
    await Promise.all([appended, tracked]);
    expect((await store.interactions()).at(-1)).toEqual(click(MOST + SLACK + 1));
    expect(device.history.length).toBe(MOST + 1);
    expect(await store.interactions()).toEqual(device.history);
  });
});
