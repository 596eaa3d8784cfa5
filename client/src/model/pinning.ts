import type { Head } from "../participation/participant-state.js";
import type { FetchedModel } from "../transport/transport.js";
import type { LocalModel, LocalTask } from "./local-model.js";

/**
 * A task's spec never changes under its name; whoever serves another has changed what users agreed to.
 * @param pinned hash of the task that this device has met under the name; the first one stays.
 */
export function breaksPin(pinned: string | undefined, { task, taskHash }: LocalTask): string | undefined {
  if (pinned === undefined || pinned === taskHash) return undefined;
  return `taskHash: the coordinator serves another task under the name "${task.name}" than this device knows`;
}

type Held = Pick<LocalModel, "modelVersion" | "modelHash">;

/** A head that says another hash for the very version that this device holds. */
export function contradicts(held: Held | undefined, head: Head): string | undefined {
  if (held?.modelVersion !== head.modelVersion || held.modelHash === head.modelHash) return undefined;
  return forked(head.modelVersion, "is not the one that this device holds");
}

/**
 * A next version that does not follow the one that this device holds. After a gap nothing is known: the versions
 * between would have to be fetched.
 */
export function forks(
  held: Held | undefined,
  { previousHash }: FetchedModel,
  head: Head,
): string | undefined {
  if (!held || held.modelVersion + 1 !== head.modelVersion || held.modelHash === previousHash)
    return undefined;
  return forked(head.modelVersion, "does not follow the one that this device holds");
}

const forked = (modelVersion: number, what: string) =>
  `modelHash: the chain was forked: version ${modelVersion} ${what}`;
