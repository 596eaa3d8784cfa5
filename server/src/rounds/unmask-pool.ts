import { availableParallelism } from "node:os";
import { addSealed, type CoordinatorContext, type Mask, type Primitives } from "@tacit/shared";
import { Tinypool } from "tinypool";
import type { MaskTask } from "./unmask-worker.js";

/** Where a coordinator's heavy work goes, so that its event loop stays free for everybody else. */
export interface UnmaskPool {
  /** The hook of {@link CoordinatorContext}. Rejects, and leaves `sum` alone, where a worker failed. */
  readonly addMasks: NonNullable<CoordinatorContext["addMasks"]>;
  /** Opens a shared secret; takes the place of {@link Primitives}' own. Rejects where a worker failed. */
  readonly combine: Primitives["combine"];
  close(): Promise<void>;
}

export interface UnmaskPoolOptions {
  /** Threads, at least 1; one less than the machine has by default. */
  readonly workers?: number;
  /** The workers' module. */
  readonly worker?: URL;
}

const KEY_BYTES = 32;
/** A thread lives on for a while, because starting one takes longer than most of its tasks. */
const IDLE_MILLISECONDS = 60_000;
/** Below this many masks for each, another worker costs more than it brings. */
const FEWEST_MASKS = 8;

export function createUnmaskPool({
  workers = Math.max(1, availableParallelism() - 1),
  worker = new URL("./unmask-worker.js", import.meta.url),
}: UnmaskPoolOptions = {}): UnmaskPool {
  const pool = new Tinypool({
    filename: worker.href,
    minThreads: 0,
    maxThreads: workers,
    idleTimeout: IDLE_MILLISECONDS,
  });
  return {
    async addMasks(masks, sum, bits) {
      const parts = split(masks, Math.min(workers, Math.ceil(masks.length / FEWEST_MASKS)));
      const sums: Uint32Array[] = await Promise.all(
        parts.map((part) => {
          const task = maskTask(part, sum.length, bits);
          return pool.run(task, {
            name: "sumMasks",
            transferList: [task.keys.buffer, task.signs.buffer],
          });
        }),
      );
      for (const part of sums) addSealed({ bits }, sum, part);
    },
    async combine(shares) {
      // A share is a view of the whole message that it came in, and all of that would travel with it.
      const own = shares.map((share) => share.slice());
      try {
        return await pool.run(own, { name: "combineShares" });
      } finally {
        for (const share of own) share.fill(0);
      }
    },
    close: () => pool.destroy(),
  };
}

/** Every `parts`th mask to the same worker. */
const split = (masks: readonly Mask[], parts: number): Mask[][] =>
  Array.from({ length: parts }, (_, part) => masks.filter((_, i) => i % parts === part));

function maskTask(masks: readonly Mask[], dimension: number, bits: number): MaskTask {
  const keys = new Uint8Array(KEY_BYTES * masks.length);
  for (const [i, { key }] of masks.entries()) keys.set(key, KEY_BYTES * i);
  return { keys, signs: Int8Array.from(masks, ({ sign }) => sign), dimension, bits };
}
