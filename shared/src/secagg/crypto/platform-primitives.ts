import { type ByteSource, platformBytes } from "../../random/byte-source.js";
import { BASE_POINT, type NativeAlgorithms } from "./algorithms.js";
import { nodeAlgorithms } from "./node-algorithms.js";
import type { Primitives } from "./primitives.js";
import type { SecretSharing } from "./secret-sharing.js";
import { shamir } from "./shamir.js";
import { webAlgorithms } from "./web-algorithms.js";
import { zeroNonceBox } from "./zero-nonce-box.js";

/**
 * Each algorithm from the first of node:crypto and Web Crypto that has it, in JavaScript where neither does. The
 * same bytes every time.
 */
export async function platformPrimitives(
  sharing: SecretSharing = shamir,
  random: ByteSource = platformBytes,
): Promise<Primitives> {
  const node = nodeAlgorithms();
  return nativePrimitives(node ? [node, webAlgorithms] : [webAlgorithms], sharing, random);
}

/** The same over other candidates, the best first. */
export async function nativePrimitives(
  candidates: readonly NativeAlgorithms[],
  sharing: SecretSharing = shamir,
  random: ByteSource = platformBytes,
): Promise<Primitives> {
  const [agreeing, signing, enciphering] = await Promise.all([
    firstThat(candidates, ({ agreement }) => agreement.agreementKey(BASE_POINT)),
    firstThat(candidates, ({ signatures }) =>
      Promise.all([signatures.sign(BASE_POINT, BASE_POINT), signatures.signingKey(BASE_POINT)]),
    ),
    firstThat(candidates, async ({ cipher }) => (await cipher.keystream(BASE_POINT)).read(1)),
  ]);
  const { agreementKey, agree } = agreeing.agreement;
  const { signingKey, sign, verify } = signing.signatures;
  const { keystream } = enciphering.cipher;
  return {
    name: [...new Set([agreeing.name, signing.name, enciphering.name])].join(" and "),
    random,
    split: (secret, shares, threshold) => sharing.split(secret, shares, threshold),
    combine: (shares) => sharing.combine(shares),
    agreementKey,
    agree,
    signingKey,
    sign,
    verify,
    ...zeroNonceBox,
    keystream,
  };
}

async function firstThat(
  candidates: readonly NativeAlgorithms[],
  works: (candidate: NativeAlgorithms) => Promise<unknown>,
): Promise<NativeAlgorithms> {
  for (const candidate of candidates) {
    try {
      await works(candidate);
      return candidate;
    } catch {
      // This platform lacks it: the next one, then JavaScript.
    }
  }
  return portableAlgorithms();
}

/** Fetched only where a platform lacks something: it is larger than all the rest of secure aggregation. */
async function portableAlgorithms(): Promise<NativeAlgorithms> {
  const { portablePrimitives } = await import("./portable-primitives.js");
  const portable = portablePrimitives();
  return { name: portable.name, agreement: portable, signatures: portable, cipher: portable };
}
