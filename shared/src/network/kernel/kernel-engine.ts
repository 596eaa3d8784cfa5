import type { Engine } from "../engine.js";
import { type KernelBuild, kernelModule } from "./kernel-module.js";
import { KernelNetwork } from "./kernel-network.js";

export type { KernelBuild } from "./kernel-module.js";

/**
 * The engine that devices and simulations train with: WebAssembly in single precision, with SIMD where there is SIMD, unless
 * a build is named. Undefined where WebAssembly is missing or a page's policy forbids it (and for a build that does not
 * run here): take the reference engine then.
 */
export async function createKernelEngine(
  options: { readonly build?: KernelBuild } = {},
): Promise<Engine | undefined> {
  const compiled = await kernelModule(options.build);
  return (
    compiled && {
      name: `kernel-${compiled.build}`,
      compile: (network, capacity, optimiser) => new KernelNetwork(compiled, network, capacity, optimiser),
    }
  );
}
