import { expectationsOf } from "@tacit/client";
import type { ModelVersion } from "@tacit/server";
import {
  type AnswerKind,
  clientIdOf,
  cohortTerms,
  type Primitives,
  planAt,
  randomHex,
  runInMemory,
  SecureClient,
  SecureCoordinator,
  selfCertified,
  signerFromSeed,
  silentFrom,
  splitVersion,
} from "@tacit/shared";
import { bytesOf, PURPOSE } from "../coins.js";
import type { RoundSpec } from "./round-spec.js";

/** One client of a masked cohort. */
export interface CohortMember {
  /** Its number in the population. */
  readonly client: number;
  /** Its sealed update; whoever made none is not a member. */
  readonly sealed: Uint32Array;
  /** The first answer of its that does not arrive. */
  readonly silentFrom?: AnswerKind;
}

export type ProtocolSum =
  | { readonly ok: true; readonly sum: Uint32Array; readonly contributors: number }
  | { readonly ok: false; readonly message: string };

const SEED_BYTES = 32;

/**
 * Sums a cohort by the real secure aggregation: every member's state machine and the coordinator's, over a line in
 * memory. Keys and masks come from the platform; they leave no trace in the sum.
 */
export async function protocolSum(
  { task, taskHash, plan, seed }: RoundSpec,
  primitives: Primitives,
  head: ModelVersion,
  members: readonly CohortMember[],
): Promise<ProtocolSum> {
  const { clip } = splitVersion(task.privacy, head.parameters) ?? plan;
  const planned = planAt(plan, clip);
  const chain = { modelVersion: head.modelVersion, modelHash: head.hash };
  const terms = cohortTerms(task, taskHash, planned, chain, members.length);
  // The virtual clock has counted participations already, and the run's task says what is allowed.
  const limits = { noiseMultiplier: 0, cohort: 2, ...UNLIMITED };
  const expectations = expectationsOf({ task, taskHash, plan: planned }, limits, chain, clip);
  const clients = new Map<string, SecureClient>();
  const drops = new Map<string, AnswerKind>();
  for (const { client, sealed: input, silentFrom: phase } of members) {
    const identity = new Uint8Array(SEED_BYTES);
    bytesOf(seed, PURPOSE.identity, 0, client).fill(identity);
    const signer = await signerFromSeed(primitives, identity);
    const clientId = clientIdOf(signer.publicKey);
    if (phase) drops.set(clientId, phase);
    clients.set(
      clientId,
      new SecureClient({ primitives, clientId, signer, identities: selfCertified, expectations, input }),
    );
  }
  const coordinator = new SecureCoordinator({
    primitives,
    cohortId: randomHex(16),
    terms,
    invited: new Set(clients.keys()),
    identities: selfCertified,
  });
  const { end } = await runInMemory({ coordinator, clients, wire: silentFrom(drops) });
  if (!end.ok) return { ok: false, message: `${end.reason}: ${end.message}` };
  return { ok: true, sum: end.result.sum, contributors: end.result.survivors.length };
}

const UNLIMITED = {
  trustCoordinator: true,
  releasesEpsilon: Number.POSITIVE_INFINITY,
  coordinatorEpsilon: Number.POSITIVE_INFINITY,
  lifetimeEpsilon: Number.POSITIVE_INFINITY,
  participations: Number.POSITIVE_INFINITY,
};
