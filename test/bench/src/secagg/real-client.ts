import {
  anyIdentity,
  type CoordinatorContext,
  type Primitives,
  SecureClient,
  signerFromSeed,
} from "@tacit/shared";
import { randomSecret } from "../../../../shared/dist/secagg/crypto/primitives.js";

/** The machine that the SDK runs, content with these terms. */
export async function realClient(
  primitives: Primitives,
  clientId: string,
  terms: CoordinatorContext["terms"],
  input: Uint32Array,
): Promise<SecureClient> {
  return new SecureClient({
    primitives,
    clientId,
    signer: await signerFromSeed(primitives, randomSecret(primitives)),
    identities: anyIdentity,
    expectations: {
      taskHash: "01".repeat(32),
      modelVersion: terms.modelVersion,
      modelHash: "02".repeat(32),
      bits: terms.bits,
      minimumCohort: terms.size,
      minimumSurvivors: terms.minimumSurvivors,
      minimumCorrupt: terms.corrupt,
      minimumDropout: terms.dropout,
      minimumThreshold: 2,
      minimumNoiseMultiplier: 1,
      maximumClip: 1,
      adversary: terms.adversary,
      participationsLeft: 1,
    },
    input,
  });
}
