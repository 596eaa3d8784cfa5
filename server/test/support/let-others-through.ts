import { chmod, stat } from "node:fs/promises";
import { dirname } from "node:path";

const SEARCH = 0o001;

/**
 * Lets other users pass through the folders above `path`, not look into them: a checkout may be in somebody's private
 * folder. Resolves to what takes that back.
 */
export async function letOthersThrough(path: string): Promise<() => Promise<void>> {
  const changed: { folder: string; mode: number }[] = [];
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    const { mode } = await stat(folder);
    if (mode & SEARCH) continue;
    await chmod(folder, (mode & 0o7777) | SEARCH);
    changed.push({ folder, mode: mode & 0o7777 });
  }
  return async () => {
    for (const { folder, mode } of changed) await chmod(folder, mode);
  };
}
