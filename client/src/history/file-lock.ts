import { open } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import type { Release } from "./history-store.js";

/**
 * Takes the operating system's own lock of a file, which ends with its process however that dies: there is no stale
 * lock to recognise and none to steal. Undefined while another holds it.
 */
export async function lockFile(path: string): Promise<Release | undefined> {
  // Native code: where it cannot be loaded, everything else of the store still works.
  const { tryLock } = await import("fs-native-extensions");
  const file = await open(path, "a", 0o600);
  let held = false;
  try {
    held = tryLock(file.fd);
  } finally {
    if (!held) await file.close();
  }
  if (!held) return undefined;
  let released: Promise<void> | undefined;
  return () => {
    // Closing the file gives the lock back.
    released ??= file.close();
    return released;
  };
}

const PAUSE_MILLISECONDS = 2;

/**
 * Does something while no other process does, however long that takes. Without native code it is done all the same: one process
 * alone is safe without a lock.
 */
export async function whileLocked<Result>(path: string, operation: () => Promise<Result>): Promise<Result> {
  const native = await import("fs-native-extensions").catch(() => undefined);
  if (!native) return operation();
  const file = await open(path, "a", 0o600);
  try {
    while (!native.tryLock(file.fd)) await pause(PAUSE_MILLISECONDS);
    return await operation();
  } finally {
    await file.close();
  }
}
