import { open, rename } from "node:fs/promises";
import { dirname } from "node:path";

/** Replaces a file by a durable new one: whoever is killed meanwhile leaves the old one or the new one. One writer at a time. */
export async function writeAtomically(path: string, content: string | Uint8Array): Promise<void> {
  const half = `${path}.new`;
  const file = await open(half, "w");
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(half, path);
  const directory = await open(dirname(path), "r");
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
