import { platformRandom, referenceEngine } from "@tacit/shared";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Device } from "../../src/device/device.js";
import { Emitter } from "../../src/emitter.js";
import { DEFAULT_LIMITS } from "../../src/ledger/limits.js";
import type { RecommenderEvents } from "../../src/recommender-events.js";
import { LateLearner } from "../../src/training/late-learner.js";
import { coordinate, storeOf } from "../support/embed.js";
import { keeperOf } from "../support/keeper-of.js";

async function setUp() {
  const coordinator = coordinate();
  const { transport } = coordinator;
  const store = await storeOf();
  const keeper = keeperOf(coordinator, store);
  await keeper.refresh();
  const device = await Device.open(store);
  await device.setConsent("granted");
  const emitter = new Emitter<RecommenderEvents>();
  const problems: string[] = [];
  emitter.on("problem", ({ message }) => problems.push(message));
  const learner = new LateLearner({
    url: "http://127.0.0.1:1",
    transport,
    primitives: undefined,
    device,
    engine: referenceEngine,
    keeper,
    limits: { ...DEFAULT_LIMITS, noiseMultiplier: 0 },
    credential: undefined,
    random: platformRandom(),
    automatic: false,
    offerPause: 0,
    emitter,
  });
  return { coordinator, learner, problems };
}

describe("a learner whose code is still on its way", () => {
  it("starts when the code is there", async () => {
    const { coordinator, learner } = await setUp();
    const started = learner.start();
    expect(learner).toMatchObject({ connected: false, training: false, pendingUpdate: false });
    await started;
    await coordinator.hears("check-in");
    expect(await learner.train()).toMatchObject({ ok: true });
    await learner.stop();
  });

  it("does not start at all when it was stopped meanwhile, until it is started again", async () => {
    const { coordinator, learner } = await setUp();
    const started = learner.start();
    await learner.stop();
    await started;
    expect(coordinator.connections).toBe(0);
    expect(await learner.train()).toMatchObject({ ok: false, reason: "paused" });
    await learner.start();
    expect(coordinator.connections).toBe(1);
    await learner.stop();
  });
});

describe("a learner whose code cannot be fetched", () => {
  const CODE = "../../src/training/learner.js";
  const lose = () =>
    vi.doMock(CODE, () => {
      throw new Error("the network is gone");
    });

  afterEach(() => {
    vi.doUnmock(CODE);
    vi.useRealTimers();
  });

  it("is asked for again, after longer and longer pauses, until it is there", async () => {
    lose();
    const { coordinator, learner, problems } = await setUp();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    await expect(learner.start()).rejects.toThrow();
    vi.advanceTimersByTime(1000);
    await vi.waitFor(() => expect(problems).toHaveLength(1));
    vi.advanceTimersByTime(1500);
    expect(vi.getTimerCount()).toBe(1);
    vi.doUnmock(CODE);
    vi.advanceTimersByTime(500);
    vi.useRealTimers();
    await coordinator.hears("check-in");
    expect(coordinator.connections).toBe(1);
    expect(problems).toHaveLength(1);
    await learner.stop();
  });

  it("is not asked for any more once it was stopped", async () => {
    lose();
    const { learner } = await setUp();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    await expect(learner.start()).rejects.toThrow();
    expect(vi.getTimerCount()).toBe(1);
    await learner.stop();
    expect(vi.getTimerCount()).toBe(0);
    const started = learner.start();
    await learner.stop();
    await expect(started).rejects.toThrow();
    expect(vi.getTimerCount()).toBe(0);
  });
});
