import type { RulesInput } from "@tacit/shared";
import { describe, expect, it } from "vitest";
import { memoryHistoryStore } from "../src/history/memory-history-store.js";
import type { RecommendOptions } from "../src/recommender.js";
import { COHORT, coordinate, embed, storeOf, updateIdOf } from "./support/embed.js";
import { items } from "./support/example-task.js";

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

  it.each([{ kind: "boltzmann" }, { kind: "ucb" }, { kind: "thompson" }] as const)(
    "explores as the task says: $kind",
    async (exploration) => {
      const recommender = embed(coordinate({ exploration }), { store: await storeOf() });
      const { items: slate, modelVersion } = await recommender.recommend({ count: 6 });
      expect(modelVersion).toBe(0);
      expect(new Set(slate.map(({ id }) => id)).size).toBe(6);
      for (const { probability } of slate) {
        expect(probability).toBeGreaterThan(0);
        expect(probability).toBeLessThanOrEqual(1);
      }
      expect(slate.at(-1)?.probability).toBeCloseTo(1, 12);
      expect(slate[0]?.probability).toBeLessThan(1);
    },
  );

  it("keeps to the task's rules, and to the host's in place of them", async () => {
    const rules = { blocked: ["alien"], caps: [{ feature: "genre", most: 1 }] };
    const recommender = embed(coordinate({ rules }), { store: await storeOf() });
    const idsOf = async (asked: RecommendOptions) =>
      (await recommender.recommend(asked)).items.map(({ id }) => id);
    const genres = (ids: readonly string[]) =>
      ids.map((id) => items.find((item) => item.id === id)?.features.genre).sort();
    expect(genres(await idsOf({}))).toEqual(["comedy", "drama"]);
    const more = await idsOf({ rules: { caps: [], seen: { kinds: ["click"] }, blocked: ["brazil"] } });
    expect(more.sort()).toEqual(["arrival", "casablanca"]);
  });

  it("says which of the host's rules it cannot read, and keeps to the task's alone", async () => {
    const recommender = embed(coordinate({ rules: { blocked: ["alien"] } }));
    const problems: string[] = [];
    recommender.on("problem", ({ message }) => problems.push(message));
    // @ts-expect-error: a host without types
    const { items: wrong } = await recommender.recommend({ rules: { diversity: { kind: "random" } } });
    expect(wrong).toHaveLength(5);
    await recommender.recommend({ rules: { caps: [{ feature: "colour", most: 1 }] } });
    expect(problems).toEqual([
      expect.stringContaining("rules.diversity.kind"),
      expect.stringContaining("rules.caps.0.feature"),
    ]);
  });

  it("without a model keeps out what the host says, in an honest random order of the rest", async () => {
    const coordinator = coordinate();
    coordinator.reachable = false;
    const recommender = embed(coordinator, { store: await storeOf() });
    const rules: RulesInput = { seen: { kinds: ["click"] }, blocked: ["brazil"] };
    const { items: slate } = await recommender.recommend({ rules });
    expect(slate.map(({ id }) => id).sort()).toEqual(["arrival", "casablanca"]);
    expect(slate.map(({ probability }) => probability)).toEqual([1 / 2, 1]);
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

describe("explaining", () => {
  it("says what of the user's history and of the item its place comes from, in the host's words", async () => {
    const recommender = embed(coordinate(), { store: await storeOf(), consent: true });
    const why = await recommender.explain("arrival", { title: (id) => id.toUpperCase() });
    if (!why.ok) throw new Error(why.message);
    expect(why).toMatchObject({ itemId: "arrival", modelVersion: 0, history: { kind: "leave-one-out" } });
    const said = why.reasons.map((reason) => (reason.kind === "interaction" ? reason.itemId : reason.kind));
    expect(said.sort()).toEqual(["amelie", "feature", "heat"]);
    expect(why.sentence).toBe("ARRIVAL: because you opened HEAT.");
    const phrases = {
      reasons: { interaction: "{title}, weil: {interaction} {past}" },
      interactions: { click: "geklickt" },
    };
    const warum = await recommender.explain("arrival", { phrases });
    expect(warum).toMatchObject({ sentence: "arrival, weil: geklickt heat" });
  });

  it("refuses unknown items, and without a model or after the end, and throws nothing into the host", async () => {
    const recommender = embed(coordinate());
    expect(await recommender.explain("nobody-knows")).toMatchObject({ ok: false, reason: "unknown-item" });
    const title = () => {
      throw new Error("no titles today");
    };
    expect(await recommender.explain("heat", { title })).toEqual({
      ok: false,
      reason: "failed",
      message: "no titles today",
    });
    await recommender.close();
    expect(await recommender.explain("heat")).toMatchObject({ ok: false, reason: "closed" });
    const coordinator = coordinate();
    coordinator.reachable = false;
    expect(await embed(coordinator).explain("heat")).toMatchObject({ ok: false, reason: "no-model" });
  });

  it("sends nothing", async () => {
    const coordinator = coordinate();
    const recommender = embed(coordinator, { consent: true, automatic: false, store: await storeOf() });
    await recommender.ready;
    coordinator.reachable = false;
    expect(await recommender.explain("heat")).toMatchObject({ ok: true });
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

  it("keeps the context that a slate was made for with what is tracked of it, unless that has its own", async () => {
    const recommender = embed(coordinate(), { consent: true });
    const features = { hour: 21, page: "home" };
    const { recommendationId, items: slate } = await recommender.recommend({ context: { features } });
    const [shown] = slate;
    if (!shown) throw new Error("there are items");
    const click = { kind: "click", itemId: shown.id, recommendationId } as const;
    await recommender.track(click);
    await recommender.track({ ...click, context: { hour: 22 } });
    await recommender.track({ kind: "click", itemId: shown.id });
    const { interactions } = await recommender.export();
    expect(interactions.map(({ context }) => context)).toEqual([features, { hour: 22 }, undefined]);
  });

  it("keeps a context as it was then, whatever the host does with its record afterwards", async () => {
    const recommender = embed(coordinate(), { consent: true });
    const context = { hour: "day" };
    await recommender.track({ kind: "click", itemId: "alien", context });
    context.hour = "night";
    await recommender.track({ kind: "click", itemId: "heat", context });
    const { interactions } = await recommender.export();
    expect(interactions.map((tracked) => tracked.context)).toEqual([{ hour: "day" }, { hour: "night" }]);
  });

  it("refuses a context that no history can hold, and recommends without it", async () => {
    const recommender = embed(coordinate(), { consent: true });
    const context = { hour: () => 21 };
    const problems: string[] = [];
    recommender.on("problem", ({ message }) => problems.push(message));
    // @ts-expect-error: a host without types
    expect((await recommender.recommend({ context: { features: context } })).items.length).toBeGreaterThan(0);
    expect(problems).toEqual([expect.stringContaining("context.features")]);
    // @ts-expect-error: a host without types
    const tracked = await recommender.track({ kind: "click", itemId: "alien", context });
    expect(tracked).toMatchObject({ ok: false, reason: "invalid", field: "context" });
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
    let charged: readonly Uint8Array[] = [];
    coordinator.answer = async ({ event }) => {
      if (event === "upload") charged = await store.charges();
      return event === "upload"
        ? { ok: false, reason: "abandoned", message: "" }
        : { ok: true, queued: true };
    };
    coordinator.invite(updateId, COHORT);
    await coordinator.hears("ready", 2);
    expect(charged.map((bytes) => new TextDecoder().decode(bytes)).join()).toContain(updateId);
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
