import type { KernelCalls } from "./kernel-calls.js";
import type { KernelModule } from "./kernel-module.js";

/** One instance of the kernel with a memory of its own, all zeros. */
export interface KernelInstance {
  readonly calls: KernelCalls;
  readonly memory: WebAssembly.Memory;
}

export function instantiateKernel({ module }: KernelModule): KernelInstance {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  if (!isKernel(exports)) throw new Error("this is not the kernel");
  return { calls: exports, memory };
}

/** The signatures are generated from the sources that the module is compiled from. */
function isKernel(exports: object): exports is KernelCalls {
  return "product" in exports && typeof exports.product === "function";
}
