import { CHAIN_START, modelHash } from "@tacit/shared";
import type { ModelVersion, Store } from "./store.js";

/** The store's model versions do not form one hash chain: they were changed behind the coordinator's back. */
class BrokenChainError extends Error {
  override readonly name = "BrokenChainError";
  constructor(modelVersion: number, what: string) {
    super(`the hash chain is broken at version ${modelVersion}: ${what}`);
  }
}

/**
 * Checks every link of the chain and the parameters of its newest version, which it returns.
 * @throws BrokenChainError
 */
export async function verifyChain(store: Store, taskHash: string): Promise<ModelVersion> {
  let previousHash = CHAIN_START;
  for (const [position, link] of (await store.chain(taskHash)).entries()) {
    if (link.modelVersion !== position) throw new BrokenChainError(position, "the version is missing");
    if (link.previousHash !== previousHash) {
      throw new BrokenChainError(position, "it does not follow the version before it");
    }
    previousHash = link.hash;
  }
  const head = await store.latest(taskHash);
  const { modelVersion, parameters } = head;
  if (modelHash(head.previousHash, { taskHash, modelVersion, parameters }) !== head.hash) {
    throw new BrokenChainError(modelVersion, "its parameters are not those that were hashed");
  }
  return head;
}
