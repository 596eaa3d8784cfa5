import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const INSTALLED = "/usr/bin/chromium";
const UNPACK = fileURLToPath(new URL("unpack-chromium.mjs", import.meta.url));

interface Executable {
  readonly path: string;
  readonly env: NodeJS.ProcessEnv;
}

/** $CHROMIUM_PATH, or an installed Chromium, or the one that the npm package @sparticuz/chromium brings. */
export async function findChromium(): Promise<Executable> {
  const installed = process.env.CHROMIUM_PATH ?? (existsSync(INSTALLED) ? INSTALLED : undefined);
  if (installed !== undefined) return { path: installed, env: process.env };
  const folder = await unpacked().catch((error: unknown) => {
    throw new Error("no browser to test in: install Chromium and set CHROMIUM_PATH", { cause: error });
  });
  return {
    path: join(folder, "chromium"),
    env: { ...process.env, LD_LIBRARY_PATH: join(folder, "al2023/lib") },
  };
}

/** Unpacked once for each version: aside and then renamed, since several test files may do so at once. */
async function unpacked(): Promise<string> {
  const manifest = await readFile(join(ROOT, "node_modules/@sparticuz/chromium/package.json"), "utf8");
  const { version } = JSON.parse(manifest);
  const cache = join(ROOT, "node_modules/.cache");
  const folder = join(cache, `chromium-${version}`);
  if (existsSync(folder)) return folder;
  await mkdir(cache, { recursive: true });
  const aside = await mkdtemp(join(cache, "chromium-"));
  // The package's way of being told that the system has none of the libraries.
  const env = { ...process.env, TMPDIR: aside, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs20.x" };
  await promisify(execFile)(process.execPath, [UNPACK], { cwd: ROOT, env });
  await rename(aside, folder).catch(async (error: unknown) => {
    await rm(aside, { recursive: true });
    if (!existsSync(folder)) throw error;
  });
  return folder;
}
