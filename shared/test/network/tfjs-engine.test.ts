import { describe, expect, it } from "vitest";
import { createTfjsEngine } from "../../src/network/tfjs/tfjs-engine.js";
import { engineContract } from "./engine-contract.js";

engineContract("tfjs-cpu", () => createTfjsEngine({ backend: "cpu" }), 8);

describe("tfjs backends", () => {
  it("are the ones asked for, and refused where they do not start", async () => {
    expect((await createTfjsEngine({ backend: "wasm" })).name).toBe("tfjs-wasm");
    await expect(createTfjsEngine({ backend: "webgl" })).rejects.toThrow("does not start here");
  });
});
