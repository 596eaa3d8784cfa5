import type { Interaction } from "@tacit/shared";
import { describe, expect, it } from "vitest";
import { Device } from "../../src/device/device.js";
import type { HistoryStore } from "../../src/history/history-store.js";
import { memoryHistoryStore } from "../../src/history/memory-history-store.js";

const MOST = 10_000;
const SLACK = 1000;
const click = (i: number): Interaction => ({ kind: "click", itemId: `i${i}`, at: i });

/** A full device whose next interaction makes it cut off the oldest; reading the store waits for `go`. */
async function full(): Promise<{
  device: Device;
  store: HistoryStore;
  reading: Promise<void>;
  go: () => void;
}> {
  const store = memoryHistoryStore();
  await store.replace(Array.from({ length: MOST + SLACK - 1 }, (_, i) => click(i)));
  let [go, began] = [() => {}, () => {}];
  const gate = new Promise<void>((resolve) => {
    go = resolve;
  });
  const reading = new Promise<void>((resolve) => {
    began = resolve;
  });
  let opened = false;
  const slow: HistoryStore = {
    ...store,
    async interactions() {
      const found = await store.interactions();
      if (!opened) return found;
      began();
      await gate;
      return found;
    },
  };
  const device = await Device.open(slow);
  opened = true;
  return { device, store, reading, go };
}

describe("a device that cuts off the oldest interactions", () => {
  it("has nothing when it is told to forget meanwhile, in memory and in the store", async () => {
    const { device, store, reading, go } = await full();
    const appended = device.append(click(MOST + SLACK));
    await reading;
    const forgotten = device.forget();
    go();
    await Promise.all([appended, forgotten]);
    expect(device.history).toEqual([]);
    expect(await store.interactions()).toEqual([]);
  });

  it("keeps what is tracked meanwhile", async () => {
    const { device, store, reading, go } = await full();
    const appended = device.append(click(MOST + SLACK));
    await reading;
    const tracked = device.append(click(MOST + SLACK + 1));
    go();
    await Promise.all([appended, tracked]);
    expect((await store.interactions()).at(-1)).toEqual(click(MOST + SLACK + 1));
    expect(device.history.length).toBe(MOST + 1);
    expect(await store.interactions()).toEqual(device.history);
  });
});
