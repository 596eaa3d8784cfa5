import { afterEach, describe, expect, it, vi } from "vitest";
import { linear } from "../../../src/network/layers/linear.js";
import { valueLoss } from "../../../src/network/layers/value-loss.js";
import { weightedMean } from "../../../src/network/layers/weighted-mean.js";
import { NetworkDraft } from "../../../src/network/network.js";

/** As a page that has just been loaded. */
async function freshEngine() {
  vi.resetModules();
  const { createKernelEngine } = await import("../../../src/network/kernel/kernel-engine.js");
  return createKernelEngine();
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe("the kernel engine", () => {
  it("takes the build with SIMD where there is SIMD, and the scalar one elsewhere", async () => {
    expect((await freshEngine())?.name).toBe("kernel-simd");
    const { compile } = WebAssembly;
    vi.spyOn(WebAssembly, "compile").mockImplementationOnce(() => Promise.reject(new Error("no v128 here")));
    expect((await freshEngine())?.name).toBe("kernel-scalar");
    expect(WebAssembly.compile).not.toBe(compile);
  });

  it("is not there without WebAssembly, or where a policy forbids it", async () => {
    vi.stubGlobal("WebAssembly", undefined);
    expect(await freshEngine()).toBeUndefined();
    vi.unstubAllGlobals();
    vi.spyOn(WebAssembly, "compile").mockRejectedValue(new WebAssembly.CompileError("unsafe-eval"));
    expect(await freshEngine()).toBeUndefined();
  });

  it("is asked for again after it could not be loaded, and not before", async () => {
    const compile = vi.spyOn(WebAssembly, "compile");
    const [simd, scalar] = ["simd", "scalar"].map(
      (build) => `../../../src/network/kernel/${build}-kernel.js`,
    );
    for (const chunk of [simd, scalar]) {
      vi.doMock(chunk ?? "", () => {
        throw new Error("the network is gone");
      });
    }
    vi.resetModules();
    const { createKernelEngine } = await import("../../../src/network/kernel/kernel-engine.js");
    expect(await createKernelEngine()).toBeUndefined();
    expect(compile).not.toHaveBeenCalled();
    for (const chunk of [simd, scalar]) vi.doUnmock(chunk ?? "");
    expect((await createKernelEngine())?.name).toBe("kernel-simd");
    expect((await createKernelEngine())?.name).toBe("kernel-simd");
    expect(compile).toHaveBeenCalledTimes(1);
  });

  it("compiles the kernel once, however many networks there are", async () => {
    const compile = vi.spyOn(WebAssembly, "compile");
    const engine = await freshEngine();
    const draft = new NetworkDraft(1);
    const weights = draft.parameter("w", 3, 2, { kind: "constant", value: 1 });
    const output = linear(draft, { terms: [{ input: draft.input("x", "states", 3), weights }] });
    const network = draft.finish([output]);
    const two = [1, 2].map((states) => engine?.compile(network, { states, candidates: 0 }));
    expect(compile).toHaveBeenCalledTimes(1);
    two[0]?.load(Float32Array.from([1, 2, 3, 4, 5, 6]));
    const flat = new Float32Array(6);
    two[1]?.parameters(flat);
    expect([...flat]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it("refuses a pass that is larger than its memory", async () => {
    const engine = await freshEngine();
    const draft = new NetworkDraft(1);
    const weights = draft.parameter("w", 3, 2, { kind: "constant", value: 1 });
    const output = linear(draft, { terms: [{ input: draft.input("x", "states", 3), weights }] });
    const compiled = engine?.compile(draft.finish([output]), { states: 2, candidates: 4 });
    compiled?.forward({ states: 2, candidates: 2 });
    expect(() => compiled?.forward({ states: 3, candidates: 0 })).toThrow("3 states");
    expect(() => compiled?.forward({ states: 2, candidates: 3 })).toThrow("3 candidates");
  });

  it("says which tensor it cannot lay out", async () => {
    const engine = await freshEngine();
    const draft = new NetworkDraft(2);
    const mean = weightedMean(draft, draft.input("weights", "events", 1), draft.input("x", "events", 1));
    const network = draft.finish([valueLoss(draft, mean, draft.input("targets", "states", 1))]);
    expect(() => engine?.compile(network, { states: 1, candidates: 0 })).toThrow('"mean"');
  });
});
