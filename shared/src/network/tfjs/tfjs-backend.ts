import type * as Tf from "@tensorflow/tfjs";

/** In a variable, so that neither the compiler nor a bundler insists that it is installed. */
const OPTIONAL_PACKAGE: string = "@tensorflow/tfjs-node";

export type TfjsBackend = "native" | "wasm" | "cpu" | "webgl";

export interface LoadedTfjs {
  readonly tf: typeof Tf;
  /** Of the backend that runs, for instance "tfjs-wasm". */
  readonly name: string;
}

/** Loads TensorFlow.js on the backend asked for, or on the first that works of native, wasm and cpu. */
export async function loadTfjs(backend?: TfjsBackend): Promise<LoadedTfjs> {
  // Fails at once where it is not installed, before anything large is loaded.
  if (backend === "native") await import(OPTIONAL_PACKAGE);
  const tf = await import("@tensorflow/tfjs");
  // Says nothing about faster backends. IS_TEST would do that, too, and take what wasm saves for gradients for a leak.
  tf.env().set("PROD", true);
  for (const candidate of backend ? [backend] : (["native", "wasm", "cpu"] as const)) {
    if (await activate(tf, candidate)) return { tf, name: `tfjs-${candidate}` };
  }
  throw new Error(`the TensorFlow.js backend "${backend}" does not start here`);
}

async function activate(tf: typeof Tf, backend: TfjsBackend): Promise<boolean> {
  try {
    if (backend === "native") {
      await import(OPTIONAL_PACKAGE);
      return await tf.setBackend("tensorflow");
    }
    if (backend === "wasm") await locateWasm();
    return await tf.setBackend(backend);
  } catch {
    return false;
  }
}

/** In Node the binaries lie beside the package's main file; in a browser its bundler serves them. */
async function locateWasm(): Promise<void> {
  const wasm = await import("@tensorflow/tfjs-backend-wasm");
  if (typeof process === "undefined" || !process.versions?.node) return;
  const main = new URL(import.meta.resolve("@tensorflow/tfjs-backend-wasm"));
  wasm.setWasmPaths(decodeURIComponent(new URL("./", main).pathname));
}
