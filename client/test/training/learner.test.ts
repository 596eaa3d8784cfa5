import { type Engine, networkShape, parameterCount, referenceEngine } from "@tacit/shared";
import { afterEach, describe, expect, it, vi } from "vitest";
import { coordinate, embed, storeOf } from "../support/embed.js";

const IDENTIFIERS = 64;
/** Longer than any other timer here. */
const PAUSE = 120_000;

/** Resolves when the first pause has begun. Later ones are over at once. */
function firstPause(): Promise<void> {
  return new Promise((resolve) => {
    const { setTimeout: original } = globalThis;
    let pauses = 0;
    vi.spyOn(globalThis, "setTimeout").mockImplementation((callback, milliseconds = 0, ...rest) => {
      if (milliseconds < PAUSE / 2) return original(callback, milliseconds, ...rest);
      resolve();
      return original(callback, pauses++ === 0 ? milliseconds : 0, ...rest);
    });
  });
}

/** The reference engine, whose every gradient goes through `around`. */
function watched(around: (gradient: () => void) => void): Engine {
  return {
    name: "watched",
    compile(...options) {
      const compiled = referenceEngine.compile(...options);
      const gradient = compiled.gradient.bind(compiled);
      compiled.gradient = (counts, objective) => around(() => gradient(counts, objective));
      return compiled;
    },
  };
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe("a training run", () => {
  it("draws its noise and coins before it trains: none once there is an update", async () => {
    const coordinator = coordinate();
    let drawn = 0;
    let [before, after] = [0, 0];
    const engine = watched((gradient) => {
      before ||= drawn;
      gradient();
      after = drawn;
    });
    const recommender = embed(coordinator, {
      engine,
      store: await storeOf(),
      consent: true,
      automatic: false,
    });
    await coordinator.hears("check-in");
    const { getRandomValues } = crypto;
    vi.spyOn(crypto, "getRandomValues").mockImplementation((view) => {
      drawn += view?.byteLength ?? 0;
      return getRandomValues.call(crypto, view);
    });
    expect(await recommender.train()).toMatchObject({ ok: true });
    await coordinator.hears("ready");
    const dimension = parameterCount(networkShape(coordinator.task));
    expect(before).toBeGreaterThanOrEqual(8 * dimension);
    expect(drawn - after).toBeLessThanOrEqual(IDENTIFIERS);
  });

  it("is not offered before its pause is over, and not at all where it is stopped within it", async () => {
    const coordinator = coordinate();
    const store = await storeOf();
    const options = { store, consent: true, automatic: false, offerPause: PAUSE };
    const recommender = embed(coordinator, options);
    await coordinator.hears("check-in");
    const paused = firstPause();
    const outcome = recommender.train();
    await paused;
    recommender.pause();
    expect(await outcome).toMatchObject({ ok: false, reason: "paused" });
    expect(await store.read("update")).toBeUndefined();
    expect(coordinator.requests.map(({ event }) => event)).not.toContain("ready");
  });

  it("that was stopped within its pause begins again when the recommender goes on", async () => {
    const coordinator = coordinate();
    const paused = firstPause();
    const recommender = embed(coordinator, { store: await storeOf(), consent: true, offerPause: PAUSE });
    await paused;
    recommender.pause();
    recommender.resume();
    expect(await coordinator.hears("ready")).toMatchObject({ modelVersion: 0 });
  });

  it("that was stopped while it trained begins again, too", async () => {
    const coordinator = coordinate();
    let [gradients, interrupt] = [0, () => {}];
    const engine = watched((gradient) => {
      if (gradients++ === 0) queueMicrotask(() => interrupt());
      gradient();
    });
    const recommender = embed(coordinator, { engine, store: await storeOf(), consent: true });
    interrupt = () => {
      recommender.pause();
      recommender.resume();
    };
    expect(await coordinator.hears("ready")).toMatchObject({ modelVersion: 0 });
    expect(gradients).toBeGreaterThan(coordinator.task.learning.localSteps);
  });
});

describe("a history that is long, and of items that the catalogue does not have", () => {
  it("is tried once, and again when it may have become enough", async () => {
    let tries = 0;
    const store = await storeOf();
    const counted = {
      ...store,
      interactions() {
        tries++;
        return store.interactions();
      },
    };
    await store.trim(0);
    const learning = { localSteps: 2, batchSize: 2, candidates: 2, minimumInteractions: 10 };
    const coordinator = coordinate({ learning });
    const recommender = embed(coordinator, { store: counted, consent: true });
    await coordinator.hears("check-in");
    const track = async (itemId: string) => {
      await recommender.track({ kind: "click", itemId });
      await vi.waitFor(() => expect(recommender.status().training).toBe(false));
    };
    for (let i = 0; i < 30; i++) await track(`gone-${i}`);
    expect(tries).toBeLessThan(5);
    const trained = new Promise((resolve) => recommender.on("trained", resolve));
    for (let i = 0; i < 20; i++) await track(["alien", "heat", "amelie"][i % 3] ?? "");
    await trained;
  });
});
