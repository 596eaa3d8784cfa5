import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { HistoryStore } from "../src/history/history-store.js";
import { memoryHistoryStore } from "../src/history/memory-history-store.js";
import { COHORT, clicks, coordinate, embed, storeOf, updateIdOf } from "./support/embed.js";
import { exampleTask, items } from "./support/example-task.js";
import { ScriptedCoordinator } from "./support/scripted-coordinator.js";

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

  it("never sees an exception of what it passes for a context: nothing, a proxy, a getter that throws", async () => {
    const recommender = embed(coordinate(), { consent: true });
    const throwing = Object.defineProperty({}, "hour", {
      enumerable: true,
      get() {
        throw new Error("the host's own bug");
      },
    });
    // What a host without types may pass.
    const hostile: readonly unknown[] = [null, { context: null }, { context: { features: throwing } }];
    for (const options of hostile) {
      const recommend: (options: never) => Promise<unknown> = recommender.recommend.bind(recommender);
      expect(await Reflect.apply(recommend, recommender, [options])).toMatchObject({
        items: expect.any(Array),
      });
    }
    const features = new Proxy({ hour: "night" }, {});
    const { items: shown } = await recommender.recommend({ context: { features } });
    expect(shown.length).toBeGreaterThan(0);
  });

  it("never sees an exception of its store either, and nothing is sent without a ledger", async () => {
    const broken = () => Promise.reject(new Error("the disk is gone"));
    const store: HistoryStore = {
      ...memoryHistoryStore(),
      read: broken,
      write: broken,
      append: broken,
      charges: broken,
    };
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
    [{ offerPause: -1 }, /offerPause/],
    [{ offerPause: Number.NaN }, /offerPause/],
    [{ limits: { participations: Number.NaN } }, /limits\.participations/],
    [{ limits: { releasesEpsilon: -1 } }, /limits\.releasesEpsilon/],
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

describe("a store that answers nothing", () => {
  const blocked = () => Promise.reject(new Error("site data is blocked"));
  const broken: HistoryStore = {
    interactions: blocked,
    append: blocked,
    read: blocked,
    write: blocked,
    remove: blocked,
    charges: blocked,
    charge: blocked,
    trim: blocked,
    lock: blocked,
    close: () => {
      throw new Error("closed twice");
    },
  };

  it("leaves a recommender that follows the model, and that says what could not be kept", async () => {
    const coordinator = coordinate();
    const recommender = embed(coordinator, { store: broken });
    expect(await recommender.ready).toMatchObject({ ok: true, modelVersion: 0 });
    expect(recommender.status().phase).toBe("ready");
    expect(await recommender.recommend()).toMatchObject({ modelVersion: 0 });
    expect(recommender.status().lastProblem).toContain("site data is blocked");
    await recommender.close();
  });

  it("is one record that does not open: the model is fetched anew", async () => {
    const store = memoryHistoryStore();
    const damaged: HistoryStore = {
      ...store,
      read: (name) => (name === "model" ? blocked() : store.read(name)),
    };
    expect(await embed(coordinate(), { store: damaged }).ready).toMatchObject({ ok: true, modelVersion: 0 });
  });

  it("is told of by whoever asked to forget, to deny or to grant", async () => {
    const store = await storeOf();
    await store.write("consent", new TextEncoder().encode("granted"));
    const full: HistoryStore = { ...store, write: blocked, trim: blocked, remove: blocked };
    const recommender = embed(coordinate(), { store: full });
    const refused = { ok: false, reason: "failed", message: "site data is blocked" };
    expect(await recommender.forget()).toEqual(refused);
    expect(await recommender.consent.deny()).toEqual(refused);
    expect(await recommender.consent.grant()).toEqual(refused);
    expect(await embed(coordinate(), { store }).forget()).toEqual({ ok: true });
  });

  it("loses the grant where a denial cannot be written: nobody is recorded against their will after a restart", async () => {
    const store = await storeOf();
    const recommender = embed(coordinate(), { store: { ...store, write: blocked } });
    await store.write("consent", new TextEncoder().encode("granted"));
    expect(await recommender.consent.deny()).toEqual({ ok: true });
    const later = embed(coordinate(), { store });
    await later.ready;
    expect(later.consent.status()).toBe("unknown");
  });
});

describe("a device that has a model and no network", () => {
  it("says so, and not that there is no model", async () => {
    const store = await storeOf();
    const first = embed(coordinate(), { store, consent: true, automatic: false });
    await first.ready;
    await first.close();
    const coordinator = coordinate();
    coordinator.reachable = false;
    const later = embed(coordinator, { store, automatic: false });
    expect(await later.ready).toMatchObject({ ok: true, modelVersion: 0 });
    expect(await later.train()).toMatchObject({
      ok: false,
      reason: "paused",
      message: expect.stringContaining("not been reached"),
    });
  });
});

describe("a context with something undefined in it", () => {
  it("is stored without it", async () => {
    const store = memoryHistoryStore();
    const recommender = embed(coordinate(), { store, consent: true });
    const context = { hour: "night", place: undefined };
    expect(await recommender.track({ kind: "click", itemId: "alien", context })).toEqual({ ok: true });
    expect((await store.interactions())[0]?.context).toEqual({ hour: "night" });
    const wrong = { kind: "click", itemId: "alien", context: { hour: {} } };
    expect(await Reflect.apply(recommender.track, recommender, [wrong])).toMatchObject({
      ok: false,
      field: "context",
      message: expect.stringContaining("65536"),
    });
  });
});
