import { afterEach, describe, expect, it, vi } from "vitest";

const CHUNKS = ["simd", "scalar"].map((build) => `../../shared/src/network/kernel/${build}-kernel.js`);

describe("the default engine", () => {
  afterEach(() => {
    for (const chunk of CHUNKS) vi.doUnmock(chunk);
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
});
