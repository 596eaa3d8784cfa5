import { type Engine, referenceEngine } from "@tacit/shared";

/** What computes the networks where the host names nothing. */
export async function defaultEngine(): Promise<Engine> {
  return referenceEngine;
}
