export type KernelBuild = "simd" | "scalar";

/** A compiled kernel; instances of it share its machine code. */
export interface KernelModule {
  readonly build: KernelBuild;
  readonly module: WebAssembly.Module;
}

const modules = new Map<KernelBuild, Promise<KernelModule | undefined>>();

/**
 * The kernel, compiled once a process: with SIMD where there is SIMD, unless a build is named. Undefined where there is no
 * WebAssembly, or a page's policy forbids it; and for this time only where the kernel cannot be loaded.
 */
export async function kernelModule(build?: KernelBuild): Promise<KernelModule | undefined> {
  if (build) return once(build);
  return (await once("simd")) ?? (await once("scalar"));
}

function once(build: KernelBuild): Promise<KernelModule | undefined> {
  const known = modules.get(build);
  if (known) return known;
  const loading = load(build).then(
    (text) => compile(build, text),
    () => {
      // The network's failure, not the platform's: the next call asks again.
      modules.delete(build);
      return undefined;
    },
  );
  modules.set(build, loading);
  return loading;
}

async function compile(build: KernelBuild, text: string): Promise<KernelModule | undefined> {
  try {
    return { build, module: await WebAssembly.compile(await unzip(text)) };
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
