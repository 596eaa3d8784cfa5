import { referenceEngine } from "@tacit/shared";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { createRecommender } from "../src/create-recommender.js";
import type { HistoryStore } from "../src/history/history-store.js";
import { memoryHistoryStore } from "../src/history/memory-history-store.js";
import type { Recommender } from "../src/recommender.js";
import type { RecommenderOptions } from "../src/recommender-options.js";
import { exampleTask, items } from "./support/example-task.js";
import { ScriptedCoordinator } from "./support/scripted-coordinator.js";

const open: Recommender[] = [];
afterEach(async () => {
  for (const recommender of open.splice(0)) await recommender.close();
});

function embed(coordinator: ScriptedCoordinator, options: Partial<RecommenderOptions> = {}): Recommender {
  const recommender = createRecommender({
    url: "http://127.0.0.1:1",
    task: "films",
    items,
    transport: coordinator.transport,
    engine: referenceEngine,
    seed: 1,
    ...options,
  });
  open.push(recommender);
  return recommender;
}

const coordinate = (changes = {}) => new ScriptedCoordinator(exampleTask(changes));
const clicks = ["alien", "heat", "amelie"].map((itemId, at) => ({ kind: "click", itemId, at }) as const);
const COHORT = "c".repeat(32);

async function storeOf(interactions = clicks): Promise<HistoryStore> {
  const store = memoryHistoryStore();
  for (const interaction of interactions) await store.append(interaction);
  return store;
}

const updateIdOf = (ready: unknown): string =>
  typeof ready === "object" && ready !== null && "updateId" in ready ? String(ready.updateId) : "";

describe("recommending", () => {
  it("waits for the model when it is called before ready", async () => {
    const { items: slate, modelVersion } = await embed(coordinate()).recommend({ count: 3 });
    expect(slate).toHaveLength(3);
    expect(modelVersion).toBe(0);
    for (const { probability } of slate) expect(probability).toBeGreaterThan(0);
  });

  it("keeps to candidates and exclusions, each item once, and passes over unknown ones", async () => {
    const recommender = embed(coordinate());
    const candidates = ["heat", "heat", "nobody-knows", "alien", "brazil"];
    const { items: slate } = await recommender.recommend({ candidates, context: { exclude: ["alien"] } });
    expect(slate.map(({ id }) => id).sort()).toEqual(["brazil", "heat"]);
  });

  it("works offline: from the stored model, or else in an honest random order", async () => {
    const coordinator = coordinate();
    const store = memoryHistoryStore();
    await embed(coordinator, { store }).ready;
    coordinator.reachable = false;
    const restored = await embed(coordinator, { store }).recommend();
    expect(restored.modelVersion).toBe(0);
    const stranger = embed(coordinator);
    expect(await stranger.ready).toMatchObject({ ok: false, reason: "offline" });
    const shuffled = await stranger.recommend({ count: 2, candidates: ["alien", "heat", "amelie"] });
    expect(shuffled.modelVersion).toBeUndefined();
    expect(shuffled.items.map(({ probability }) => probability)).toEqual([1 / 3, 1 / 2]);
  });

  it("comes back by itself when the coordinator can be reached again", async () => {
    const coordinator = coordinate();
    coordinator.reachable = false;
    const recommender = embed(coordinator);
    await recommender.ready;
    const model = new Promise((resolve) => recommender.on("model", resolve));
    coordinator.reachable = true;
    expect(await model).toMatchObject({ modelVersion: 0 });
    expect(recommender.status().phase).toBe("ready");
  });
});

describe("tracking", () => {
  it("stores with the exact propensity and position the item was shown with", async () => {
    const recommender = embed(coordinate(), { consent: true });
    const { recommendationId, items: slate } = await recommender.recommend({ count: 3 });
    const second = slate[1];
    if (!second) throw new Error("three items");
    expect(await recommender.track({ kind: "click", itemId: second.id, recommendationId, at: 5 })).toEqual({
      ok: true,
    });
    expect((await recommender.export()).interactions).toEqual([
      {
        kind: "click",
        itemId: second.id,
        recommendationId,
        at: 5,
        propensity: second.probability,
        position: 1,
      },
    ]);
  });

  it("keeps and counts items that the catalogue does not have", async () => {
    const recommender = embed(coordinate(), { consent: true });
    await recommender.ready;
    expect(await recommender.track({ kind: "click", itemId: "unheard-of" })).toEqual({ ok: true });
    expect(recommender.status()).toMatchObject({ interactions: 1, unknownItems: 1 });
  });

  it("names the field that is wrong", async () => {
    const recommender = embed(coordinate(), { consent: true });
    const wrong = { kind: "click", itemId: "alien", at: Number.NaN } as const;
    expect(await recommender.track(wrong)).toMatchObject({ ok: false, reason: "invalid", field: "at" });
  });
});

describe("consent", () => {
  it("is needed before anything is recorded or said", async () => {
    const coordinator = coordinate();
    const recommender = embed(coordinator);
    await recommender.ready;
    expect(recommender.consent.status()).toBe("unknown");
    expect(await recommender.track({ kind: "click", itemId: "alien" })).toMatchObject({
      reason: "no-consent",
    });
    expect(await recommender.train()).toMatchObject({ reason: "no-consent" });
    expect(recommender.status().interactions).toBe(0);
    expect(coordinator.connections).toBe(0);
  });

  it("when denied ends the connection and drops the pending update; it is remembered", async () => {
    const coordinator = coordinate();
    const store = await storeOf();
    const recommender = embed(coordinator, { store });
    await recommender.consent.grant();
    await coordinator.hears("ready");
    expect(await store.read("update")).toBeDefined();
    await recommender.consent.deny();
    expect(coordinator.connections).toBe(0);
    expect(await store.read("update")).toBeUndefined();
    expect(recommender.status().pendingUpdate).toBe(false);
    await recommender.close();
    const later = embed(coordinator, { store });
    await later.ready;
    expect(later.consent.status()).toBe("denied");
  });
});

describe("taking part", () => {
  it("charges the ledger before the bytes leave, and once for one update", async () => {
    const coordinator = coordinate();
    const store = await storeOf();
    const recommender = embed(coordinator, { store, consent: true });
    const updateId = updateIdOf(await coordinator.hears("ready"));
    let charged: Uint8Array | undefined;
    coordinator.answer = async ({ event }) => {
      if (event === "upload") charged = await store.read("ledger");
      return event === "upload"
        ? { ok: false, reason: "abandoned", message: "" }
        : { ok: true, queued: true };
    };
    coordinator.invite(updateId, COHORT);
    await coordinator.hears("ready", 2);
    expect(charged && new TextDecoder().decode(charged)).toContain(updateId);
    coordinator.invite(updateId, "d".repeat(32));
    await coordinator.hears("upload", 2);
    expect(recommender.privacy.report()).toMatchObject({
      participations: 1,
      releases: { participations: 1 },
    });
    const uploads = coordinator.requests.filter(({ event }) => event === "upload");
    const [first, second] = uploads.map(({ payload }) => coordinator.upload(payload));
    expect(first?.values).toEqual(second?.values);
    expect(first?.cohortId).not.toBe(second?.cohortId);
  });

  it("after a crash between charge and upload sends the very same bytes, and charges nothing more", async () => {
    const coordinator = coordinate();
    const store = await storeOf();
    const crashing = embed(coordinator, { store, consent: true });
    const updateId = updateIdOf(await coordinator.hears("ready"));
    coordinator.invite(updateId, COHORT);
    const first = coordinator.upload(await coordinator.hears("upload"));
    // As if the process had ended here: no answer, no goodbye.
    crashing.pause();
    coordinator.requests.length = 0;
    const next = embed(coordinator, { store });
    expect(updateIdOf(await coordinator.hears("ready"))).toBe(updateId);
    coordinator.invite(updateId, "d".repeat(32));
    expect(coordinator.upload(await coordinator.hears("upload")).values).toEqual(first.values);
    expect(next.privacy.report().participations).toBe(1);
  });

  it("does not begin what its own limits do not allow", async () => {
    const coordinator = coordinate();
    const recommender = embed(coordinator, {
      store: await storeOf(),
      consent: true,
      limits: { participations: 0 },
    });
    const refused = new Promise((resolve) => recommender.on("refused", resolve));
    expect(await refused).toMatchObject({ reason: "participations-spent" });
    expect(coordinator.requests.map(({ event }) => event)).not.toContain("ready");
  });

  it("trains anew from each version it is told of", async () => {
    const coordinator = coordinate();
    const recommender = embed(coordinator, { store: await storeOf(), consent: true });
    await coordinator.hears("ready");
    coordinator.announce(1);
    expect(await coordinator.hears("ready", 2)).toMatchObject({ modelVersion: 1 });
    expect(recommender.status().modelVersion).toBe(1);
  });

  it("trains anew also when its upload is answered after the new version is here", async () => {
    const coordinator = coordinate();
    const recommender = embed(coordinator, { store: await storeOf(), consent: true });
    const updateId = updateIdOf(await coordinator.hears("ready"));
    let answerUpload: (reply: unknown) => void = () => {};
    const { answer } = coordinator;
    coordinator.answer = (request) =>
      request.event === "upload"
        ? new Promise((resolve) => {
            answerUpload = resolve;
          })
        : answer(request);
    coordinator.invite(updateId, COHORT);
    await coordinator.hears("upload");
    const model = new Promise<void>((resolve) => recommender.on("model", () => resolve()));
    coordinator.announce(1);
    await model;
    answerUpload({ ok: true, modelVersion: 1 });
    expect(await coordinator.hears("ready", 2)).toMatchObject({ modelVersion: 1 });
  });

  it("pauses and resumes", async () => {
    const coordinator = coordinate();
    const recommender = embed(coordinator, { store: await storeOf(), consent: true });
    await coordinator.hears("ready");
    recommender.pause();
    expect(coordinator.connections).toBe(0);
    expect(await recommender.train()).toMatchObject({ ok: false, reason: "paused" });
    recommender.resume();
    await coordinator.hears("ready", 2);
    expect(recommender.status()).toMatchObject({ paused: false, pendingUpdate: true });
  });

  it("trains only when told to, where the host prefers that", async () => {
    const coordinator = coordinate();
    const recommender = embed(coordinator, { store: await storeOf(), consent: true, automatic: false });
    await coordinator.hears("check-in");
    expect(recommender.status().training).toBe(false);
    expect(await recommender.train()).toMatchObject({ ok: true, modelVersion: 0, steps: 2 });
    await coordinator.hears("ready");
  });
});

describe("a coordinator that lies", () => {
  it("cannot pass off another model for the one it announced", async () => {
    const coordinator = coordinate();
    const wrong = new ScriptedCoordinator(exampleTask());
    coordinator.packet = () => wrong.packet(1);
    expect(await embed(coordinator).ready).toMatchObject({ ok: false, reason: "task-refused" });
  });

  it("cannot pass off another task under the same hash", async () => {
    const coordinator = coordinate();
    const { taskHash } = coordinator;
    const document = coordinator.document;
    coordinator.document = () => ({ ...Object(document()), taskHash: taskHash.replace(/^./, "x") });
    expect(await embed(coordinator).ready).toMatchObject({ ok: false, reason: "task-refused" });
  });

  it("cannot make it throw, whatever it answers and says", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.anything(),
        fc.anything(),
        fc.array(fc.anything()),
        async (document, answer, said) => {
          const coordinator = coordinate();
          const recommender = embed(coordinator, { store: await storeOf(), consent: true });
          coordinator.answer = () => answer;
          await recommender.ready;
          coordinator.document = () => document;
          for (const payload of said) {
            for (const event of ["cohort", "cohort-abandoned", "model", "else"])
              coordinator.say(event, payload);
          }
          coordinator.cut();
          coordinator.restore();
          expect((await recommender.recommend()).items.length).toBeGreaterThan(0);
          expect(await embed(coordinator).ready).toMatchObject({ ok: false });
          await recommender.close();
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe("the host app", () => {
  it("never sees an exception, whatever it passes", async () => {
    const recommender = embed(coordinate(), { consent: true });
    await fc.assert(
      fc.asyncProperty(fc.anything(), async (anything) => {
        await recommender.track(Object(anything));
        await recommender.recommend(Object(anything));
        await recommender.recommend({ count: Object(anything), candidates: Object(anything) });
        recommender.status();
        recommender.privacy.report();
      }),
      { numRuns: 200 },
    );
  });

  it("never sees an exception of its store either, and nothing is sent without a ledger", async () => {
    const broken = () => Promise.reject(new Error("the disk is gone"));
    const store: HistoryStore = { ...memoryHistoryStore(), read: broken, write: broken, append: broken };
    const coordinator = coordinate();
    const recommender = embed(coordinator, { store, consent: true });
    await recommender.ready;
    expect(await recommender.track({ kind: "click", itemId: "alien" })).toMatchObject({
      ok: false,
      reason: "failed",
    });
    expect((await recommender.recommend()).items).toHaveLength(items.length);
    await recommender.consent.grant();
    await recommender.consent.deny();
    await recommender.forget();
    expect(recommender.status().lastProblem).toMatch(/the disk is gone/);
    expect(coordinator.connections).toBe(0);
  });

  it("may throw in its own listeners", async () => {
    const recommender = embed(coordinate());
    recommender.on("model", () => {
      throw new Error("the host's own bug");
    });
    expect(await recommender.ready).toMatchObject({ ok: true });
  });

  it.each([
    [{ url: "ftp://example" }, /url/],
    [{ url: "nonsense" }, /url/],
    [{ task: "" }, /task/],
  ])("is told at construction that %j can never work", (options, message) => {
    expect(() => embed(coordinate(), options)).toThrow(message);
  });

  it("can export everything and have it forgotten, except what was spent", async () => {
    const coordinator = coordinate();
    const store = await storeOf();
    const recommender = embed(coordinator, { store, consent: true });
    coordinator.invite(updateIdOf(await coordinator.hears("ready")), COHORT);
    await coordinator.hears("upload");
    expect((await recommender.export()).interactions).toEqual(clicks);
    await recommender.forget();
    const left = await recommender.export();
    expect(left.interactions).toEqual([]);
    expect(await store.read("update")).toBeUndefined();
    expect(left.privacy.participations).toBe(1);
  });

  it("may close it twice, before it is ready and after", async () => {
    const coordinator = coordinate();
    coordinator.document = () => new Promise(() => {});
    const recommender = embed(coordinator, { consent: true });
    await recommender.close();
    await recommender.close();
    expect(await recommender.ready).toMatchObject({ ok: false, reason: "closed" });
    expect(await recommender.track({ kind: "click", itemId: "alien" })).toMatchObject({ reason: "closed" });
    expect(await recommender.train()).toMatchObject({ reason: "closed" });
  });
});
