export type KernelBuild = "simd" | "scalar";

/** A compiled kernel; instances of it share its machine code. */
export interface KernelModule {
  readonly build: KernelBuild;
  readonly module: WebAssembly.Module;
}

const modules = new Map<KernelBuild, Promise<KernelModule | undefined>>();

/**
 * The kernel, compiled once a process: with SIMD where there is SIMD, unless a build is named. Undefined where there is no
 * WebAssembly, or a page's policy forbids it.
 */
export async function kernelModule(build?: KernelBuild): Promise<KernelModule | undefined> {
  if (build) return once(build);
  return (await once("simd")) ?? (await once("scalar"));
}

function once(build: KernelBuild): Promise<KernelModule | undefined> {
  const known = modules.get(build) ?? compile(build);
  modules.set(build, known);
  return known;
}

async function compile(build: KernelBuild): Promise<KernelModule | undefined> {
  try {
    return { build, module: await WebAssembly.compile(await unzip(await load(build))) };
  } catch {
    return undefined;
  }
}

/** Each build is a file of its own, so that a page loads the one it runs. */
async function load(build: KernelBuild): Promise<string> {
  if (build === "simd") return (await import("./simd-kernel.js")).SIMD_KERNEL;
  return (await import("./scalar-kernel.js")).SCALAR_KERNEL;
}

async function unzip(text: string): Promise<ArrayBuffer> {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}
