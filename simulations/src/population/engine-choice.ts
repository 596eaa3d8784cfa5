import { createDefaultEngine } from "@tacit/client";
import { createKernelEngine, type Engine, type KernelBuild, referenceEngine } from "@tacit/shared";
import { createTfjsEngine } from "@tacit/shared/tfjs";

export const ENGINES = ["auto", "kernel", "kernel-scalar", "reference", "tfjs"] as const;
export type EngineChoice = (typeof ENGINES)[number];

/**
 * `auto` is what the SDK takes by itself.
 * @throws Error for an engine that does not run here.
 */
export async function chooseEngine(choice: EngineChoice): Promise<Engine> {
  switch (choice) {
    case "auto":
      return createDefaultEngine();
    case "kernel":
      return kernel("simd");
    case "kernel-scalar":
      return kernel("scalar");
    case "reference":
      return referenceEngine;
    case "tfjs":
      return createTfjsEngine();
  }
}

async function kernel(build: KernelBuild): Promise<Engine> {
  const engine = await createKernelEngine({ build });
  if (!engine) throw new Error(`WebAssembly does not run here (${build})`);
  return engine;
}
