import { createKernelEngine, type Engine, referenceEngine } from "@tacit/shared";

let engine: Promise<Engine> | undefined;

/** What computes the networks where the host brings no engine: WebAssembly, or TypeScript where a page forbids that. */
export function createDefaultEngine(): Promise<Engine> {
  engine ??= createKernelEngine().then((kernel) => kernel ?? referenceEngine);
  return engine;
}
