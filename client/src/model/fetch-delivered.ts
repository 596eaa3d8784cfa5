import { decodeDelivery, encodeModel, modelHash, versionLength } from "@tacit/shared";
import type { Head } from "../participation/participant-state.js";
import type { FetchedModel, ModelSource } from "../transport/transport.js";
import type { LocalModel, LocalTask } from "./local-model.js";

interface Wanted {
  readonly transport: ModelSource;
  readonly local: LocalTask;
  /** Of the same task. */
  readonly held: LocalModel | undefined;
  readonly head: Head;
}

/**
 * A version in its task's encoding, and where the task has deltas as the difference from the version at hand. It is handed
 * on as the packet that its hash covers, so that whoever checks it need not know how it came. Where no difference comes that
 * leads to the announced version, the whole is fetched. Undefined for what is not encoded as its task says.
 */
export async function fetchDelivered(wanted: Wanted): Promise<FetchedModel | undefined> {
  const { local, held, head } = wanted;
  if (local.task.delivery?.deltas && held) {
    const changed = await fetchOnce(wanted, held).catch(() => undefined);
    if (changed?.hash === head.modelHash) return changed.fetched;
  }
  return (await fetchOnce(wanted, undefined))?.fetched;
}

async function fetchOnce(
  { transport, local, head }: Wanted,
  base: LocalModel | undefined,
): Promise<{ readonly fetched: FetchedModel; readonly hash: string } | undefined> {
  const { task, taskHash, dimension: parameters } = local;
  if (!task.delivery) return undefined;
  const { packet, previousHash } = await transport.fetchModel(
    task.name,
    head.modelVersion,
    base?.modelVersion,
  );
  const decoded = decodeDelivery(packet, {
    taskHash,
    dimension: versionLength(task.privacy, parameters),
    parameters,
    delivery: task.delivery,
    base: base && { modelVersion: base.modelVersion, parameters: base.vector },
  });
  if (!decoded.ok || !/^[0-9a-f]{64}$/.test(previousHash)) return undefined;
  return { fetched: { packet: encodeModel(decoded), previousHash }, hash: modelHash(previousHash, decoded) };
}
