import { link, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { randomHex } from "@tacit/shared";

const OWNER_ONLY = 0o600;

/** Replaces a file by a durable new one: whoever reads it finds all of the old or all of the new. */
export async function writeAtomically(path: string, bytes: Uint8Array): Promise<void> {
  await rename(await writeAside(path, bytes), path);
  await syncFolder(dirname(path));
}

/** Makes a durable file unless there is one: of all processes that try, the first one's stays. */
export async function createAtomically(path: string, bytes: Uint8Array): Promise<void> {
  const aside = await writeAside(path, bytes);
  try {
    await link(aside, path);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    await rm(aside, { force: true });
  }
  await syncFolder(dirname(path));
}

/** Under a name of its own, since other processes may be writing the same file. */
async function writeAside(path: string, bytes: Uint8Array): Promise<string> {
  const aside = `${path}.${randomHex(8)}.new`;
  const file = await open(aside, "wx", OWNER_ONLY);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  return aside;
}

/** Makes a rename in the folder durable. Windows cannot open folders, and does not need it. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
