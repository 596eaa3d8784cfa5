import { createKernelEngine, type Engine } from "@tacit/shared";

let kernel: Engine | undefined;

/**
 * What computes the networks where the host brings no engine: WebAssembly, or TypeScript where a page forbids that. The latter
 * also when the kernel cannot be loaded now: whoever asks later may get it. Rejects when neither can be loaded.
 */
export async function createDefaultEngine(): Promise<Engine> {
  kernel ??= await createKernelEngine();
  return kernel ?? (await import("@tacit/shared/reference")).referenceEngine;
}
