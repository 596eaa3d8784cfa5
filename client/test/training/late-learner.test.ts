import { platformRandom, referenceEngine } from "@tacit/shared";
import { describe, expect, it } from "vitest";
import { Device } from "../../src/device/device.js";
import { Emitter } from "../../src/emitter.js";
import { DEFAULT_LIMITS } from "../../src/ledger/limits.js";
import { ModelKeeper } from "../../src/model/model-keeper.js";
import type { RecommenderEvents } from "../../src/recommender-events.js";
import { LateLearner } from "../../src/training/late-learner.js";
import { coordinate, storeOf } from "../support/embed.js";
import { items } from "../support/example-task.js";

async function setUp() {
  const coordinator = coordinate();
  const { transport } = coordinator;
  const store = await storeOf();
  const keeper = new ModelKeeper({ transport, store, taskName: "films", items, refuses: () => undefined });
  await keeper.refresh();
  const device = await Device.open(store);
  await device.setConsent("granted");
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
    emitter: new Emitter<RecommenderEvents>(),
  });
  return { coordinator, learner };
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
