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

describe("a version that cannot be fetched", () => {
  /** How long retries pause, in their order; every pause is over at once. */
  function pauses(): number[] {
    const lengths: number[] = [];
    const { setTimeout: original } = globalThis;
    vi.spyOn(globalThis, "setTimeout").mockImplementation((callback, milliseconds = 0, ...rest) => {
      if (milliseconds < 5000) return original(callback, milliseconds, ...rest);
      lengths.push(milliseconds);
      return original(callback, 5, ...rest);
    });
    return lengths;
  }
  const quiet = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

  async function failing() {
    const coordinator = coordinate();
    const recommender = embed(coordinator, { store: await storeOf(), consent: true, automatic: false });
    await coordinator.hears("check-in");
    const lengths = pauses();
    let fetches = 0;
    const { packet } = coordinator;
    coordinator.packet = () => {
      fetches++;
      throw new Error("no answer");
    };
    const heal = () => {
      coordinator.packet = packet;
    };
    return { coordinator, recommender, lengths, heal, fetches: () => fetches };
  }

  it("is asked for again, after longer and longer pauses, once for however many were announced", async () => {
    const { coordinator, recommender, lengths, heal } = await failing();
    for (const version of [1, 2, 3, 4]) coordinator.announce(version);
    await vi.waitFor(() => expect(Math.max(...lengths)).toBe(300_000));
    const longest = lengths.slice(lengths.indexOf(10_000));
    expect(longest).toEqual(longest.toSorted((a, b) => a - b));
    heal();
    await vi.waitFor(() => expect(recommender.status().modelVersion).toBe(4));
  });

  it("is not asked for after the end, nor once consent was withdrawn", async () => {
    for (const end of ["close", "deny"] as const) {
      const { coordinator, recommender, fetches } = await failing();
      for (const version of [1, 2, 3]) coordinator.announce(version);
      await vi.waitFor(() => expect(fetches()).toBeGreaterThan(5));
      await (end === "close" ? recommender.close() : recommender.consent.deny());
      const ended = fetches();
      await quiet(60);
      expect(fetches()).toBe(ended);
      vi.restoreAllMocks();
    }
  });

  it("is not asked for again where it is refused", async () => {
    const { coordinator, recommender } = await failing();
    let fetches = 0;
    coordinator.packet = () => {
      fetches++;
      return new Uint8Array(10);
    };
    const problem = new Promise((resolve) => recommender.on("problem", resolve));
    coordinator.announce(1);
    await problem;
    await quiet(40);
    expect(fetches).toBe(1);
  });
});

describe("an engine that fails whenever it trains", () => {
  it("is asked once a version, not after every interaction", async () => {
    let tries = 0;
    const engine = watched(() => {
      tries++;
      throw new Error("out of memory");
    });
    const coordinator = coordinate();
    const recommender = embed(coordinator, { engine, store: await storeOf(), consent: true });
    await coordinator.hears("check-in");
    await vi.waitFor(() => expect(tries).toBe(1));
    for (let i = 0; i < 10; i++) await recommender.track({ kind: "click", itemId: "heat" });
    await quietly();
    expect(tries).toBe(1);
    expect(await recommender.train()).toMatchObject({ ok: false, reason: "failed" });
    expect(tries).toBe(2);
  });

  const quietly = () => new Promise((resolve) => setTimeout(resolve, 20));
});
