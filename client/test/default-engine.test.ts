import { afterEach, describe, expect, it, vi } from "vitest";

const CHUNKS = ["simd", "scalar"].map((build) => `../../shared/src/network/kernel/${build}-kernel.js`);

describe("the default engine", () => {
  afterEach(() => {
    for (const chunk of [...CHUNKS, "../src/default-engine.js"]) vi.doUnmock(chunk);
  });

  it("is plain TypeScript while the kernel cannot be loaded, and the kernel for whoever asks later", async () => {
    for (const chunk of CHUNKS) {
      vi.doMock(chunk, () => {
        throw new Error("the network is gone");
      });
    }
    vi.resetModules();
    const { createDefaultEngine } = await import("../src/default-engine.js");
    expect((await createDefaultEngine()).name).toBe("reference");
    for (const chunk of CHUNKS) vi.doUnmock(chunk);
    const engine = await createDefaultEngine();
    expect(engine.name).toBe("kernel-simd");
    expect(await createDefaultEngine()).toBe(engine);
  });

  it("is asked for again, as the coordinator is, when no engine at all can be loaded", async () => {
    const { referenceEngine } = await import("@tacit/shared");
    const createDefaultEngine = vi.fn(async () => referenceEngine);
    createDefaultEngine.mockRejectedValueOnce(new Error("the network is gone"));
    createDefaultEngine.mockRejectedValueOnce(new Error("the network is gone"));
    vi.doMock("../src/default-engine.js", () => ({ createDefaultEngine }));
    vi.resetModules();
    const { createRecommender } = await import("../src/create-recommender.js");
    const { coordinate } = await import("./support/embed.js");
    const { items } = await import("./support/example-task.js");
    const { transport } = coordinate();
    const recommender = createRecommender({ url: "http://127.0.0.1:1", task: "films", items, transport });
    expect(await recommender.ready).toMatchObject({ ok: false, reason: "offline" });
    expect((await recommender.recommend({ count: 2 })).items).toHaveLength(2);
    const model = new Promise((resolve) => recommender.on("model", resolve));
    expect(await model).toMatchObject({ modelVersion: 0 });
    expect(recommender.status()).toMatchObject({ phase: "ready", engine: "reference" });
    await recommender.close();
  });
});
