import { createKernelEngine } from "../../src/network/kernel/kernel-engine.js";
import { engineContract } from "./engine-contract.js";

async function kernelEngine(build: "simd" | "scalar") {
  const engine = await createKernelEngine({ build });
  if (!engine) throw new Error("Node has WebAssembly");
  return engine;
}

engineContract("kernel (SIMD)", () => kernelEngine("simd"));
engineContract("kernel (scalar)", () => kernelEngine("scalar"), 10);
