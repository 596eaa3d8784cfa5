import { bytesToHex } from "@noble/hashes/utils.js";
import { seededRandom } from "../../../src/random/random.js";
import type { ClientExpectations } from "../../../src/secagg/client/client-context.js";
import { SecureClient } from "../../../src/secagg/client/secure-client.js";
import { SecureCoordinator } from "../../../src/secagg/coordinator/secure-coordinator.js";
import type { Bytes } from "../../../src/secagg/crypto/bytes.js";
import type { Primitives } from "../../../src/secagg/crypto/primitives.js";
import { type IdentityBook, signerFromSeed } from "../../../src/secagg/identity.js";
import type { CohortTerms } from "../../../src/secagg/messages/messages.js";
import { seededBytes } from "../../privacy/support/seeded-bytes.js";
import { idealPrimitives } from "./ideal-primitives.js";

export const COHORT_ID = "c0".repeat(16);
const TASK_HASH = new Uint8Array(32).fill(0x7a);
const MODEL_HASH = new Uint8Array(32).fill(0x3d);

export interface ExampleOptions {
  readonly clients: number;
  readonly terms?: Partial<CohortTerms>;
  readonly seed?: number;
  readonly cohortId?: string;
  /** By the party's number, the coordinator's is −1. */
  readonly primitives?: (party: number) => Primitives;
  readonly expectations?: (client: number) => Partial<ClientExpectations>;
  readonly input?: (client: number) => Uint32Array;
}

/** Both sides of a small cohort, and what each of them holds. */
export interface ExampleCohort {
  readonly terms: CohortTerms;
  /** Ascending, so a client's number is its place on a roster of everybody. */
  readonly ids: readonly string[];
  readonly identitySeeds: ReadonlyMap<string, Bytes>;
  readonly inputs: ReadonlyMap<string, Uint32Array>;
  readonly clients: ReadonlyMap<string, SecureClient>;
  readonly coordinator: SecureCoordinator;
  /** The inputs of these clients, added up modulo 2^bits. */
  sumOf(clients: readonly string[]): Uint32Array;
}

export function exampleTerms(clients: number, terms: Partial<CohortTerms> = {}): CohortTerms {
  return {
    taskHash: TASK_HASH,
    modelVersion: 7,
    modelHash: MODEL_HASH,
    size: clients,
    minimumSurvivors: 2,
    corrupt: 0,
    dropout: 0.1,
    adversary: "semi-honest",
    dimension: 4,
    bits: 16,
    clip: 1,
    noiseMultiplier: 0.5,
    ...terms,
  };
}

/** What a client demands that is content with these terms, to the last digit. */
export function expectationsOf(terms: CohortTerms): ClientExpectations {
  return {
    taskHash: bytesToHex(terms.taskHash),
    modelVersion: terms.modelVersion,
    modelHash: bytesToHex(terms.modelHash),
    bits: terms.bits,
    minimumCohort: 3,
    minimumSurvivors: terms.minimumSurvivors,
    minimumCorrupt: terms.corrupt,
    minimumDropout: terms.dropout,
    minimumThreshold: 2,
    minimumNoiseMultiplier: terms.noiseMultiplier,
    maximumClip: terms.clip,
    adversary: terms.adversary,
    participationsLeft: 1,
  };
}

export const exampleId = (client: number): string => client.toString(16).padStart(4, "0").repeat(8);

export async function exampleCohort(options: ExampleOptions): Promise<ExampleCohort> {
  const { seed = 1, cohortId = COHORT_ID } = options;
  const terms = exampleTerms(options.clients, options.terms);
  const primitivesOf =
    options.primitives ?? ((party) => idealPrimitives(seededBytes(seed * 10_000 + party + 1)));
  const ids = Array.from({ length: options.clients }, (_, client) => exampleId(client));
  const coins = seededRandom(seed);
  const anyInput = () => Uint32Array.from({ length: terms.dimension }, () => coins.integer(2 ** terms.bits));
  const inputs = new Map(ids.map((id, client) => [id, options.input?.(client) ?? anyInput()]));
  const identitySeeds = new Map(
    ids.map((id, client) => [id, new Uint8Array(32).fill(client & 0xff).fill(client >>> 8, 0, 16)]),
  );

  const signers = new Map<string, Awaited<ReturnType<typeof signerFromSeed>>>();
  for (const [id, identitySeed] of identitySeeds) {
    signers.set(id, await signerFromSeed(primitivesOf(ids.indexOf(id)), identitySeed));
  }
  const book = new Map([...signers].map(([id, { publicKey }]) => [id, bytesToHex(publicKey)]));
  const identities: IdentityBook = { accepts: (id, key) => book.get(id) === bytesToHex(key) };
  const clients = new Map<string, SecureClient>();
  for (const [id, signer] of signers) {
    const input = inputs.get(id) ?? new Uint32Array();
    const expectations = { ...expectationsOf(terms), ...options.expectations?.(ids.indexOf(id)) };
    const primitives = primitivesOf(ids.indexOf(id));
    clients.set(id, new SecureClient({ primitives, clientId: id, signer, identities, expectations, input }));
  }
  const coordinator = new SecureCoordinator({
    primitives: primitivesOf(-1),
    cohortId,
    terms,
    invited: new Set(ids),
    identities,
  });
  return {
    terms,
    ids,
    identitySeeds,
    inputs,
    clients,
    coordinator,
    sumOf(summed) {
      const sum = new Uint32Array(terms.dimension);
      for (const id of summed) {
        for (const [i, value] of (inputs.get(id) ?? []).entries()) sum[i] = (sum[i] ?? 0) + value;
      }
      return terms.bits === 32 ? sum : sum.map((value) => value % 2 ** terms.bits);
    },
  };
}
