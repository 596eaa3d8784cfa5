import { afterEach, describe, expect, it, vi } from "vitest";
import type { NativeAlgorithms } from "../../../src/secagg/crypto/algorithms.js";
import { nodeAlgorithms } from "../../../src/secagg/crypto/node-algorithms.js";
import { nativePrimitives, platformPrimitives } from "../../../src/secagg/crypto/platform-primitives.js";
import { portablePrimitives } from "../../../src/secagg/crypto/portable-primitives.js";
import { webAlgorithms } from "../../../src/secagg/crypto/web-algorithms.js";
import { primitivesContract } from "./primitives.contract.js";

const node = (): NativeAlgorithms => {
  const algorithms = nodeAlgorithms();
  if (!algorithms) throw new Error("these tests run on Node");
  return algorithms;
};

describe("JavaScript alone", () => primitivesContract(async () => portablePrimitives()));
describe("Web Crypto", () => primitivesContract(() => nativePrimitives([webAlgorithms])));
describe("node:crypto", () => primitivesContract(() => nativePrimitives([node()])));

describe("the platform's primitives", () => {
  afterEach(() => vi.unstubAllGlobals());

  it("are node:crypto's on Node", async () => {
    expect((await platformPrimitives()).name).toBe("node");
  });

  it("are Web Crypto's where there is no node:crypto", async () => {
    vi.stubGlobal("process", undefined);
    const { name } = await platformPrimitives();
    vi.unstubAllGlobals();
    expect(name).toBe("webcrypto");
  });

  it("are JavaScript's in an insecure context, which has no crypto.subtle", async () => {
    vi.stubGlobal("process", undefined);
    vi.stubGlobal("crypto", { getRandomValues: crypto.getRandomValues.bind(crypto) });
    const { name } = await platformPrimitives();
    vi.unstubAllGlobals();
    expect(name).toBe("portable");
  });

  it("take each algorithm from the first that has it", async () => {
    const lacking: NativeAlgorithms = {
      ...webAlgorithms,
      agreement: {
        agreementKey: () => Promise.reject(new Error("no X25519 here")),
        agree: () => Promise.reject(new Error("no X25519 here")),
      },
    };
    expect((await nativePrimitives([lacking, node()])).name).toBe("node and webcrypto");
    expect((await nativePrimitives([lacking])).name).toBe("portable and webcrypto");
  });
});
