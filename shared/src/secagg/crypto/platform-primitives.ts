import { type ByteSource, platformBytes } from "../../random/byte-source.js";
import { BASE_POINT, type NativeAlgorithms } from "./algorithms.js";
import { nodeAlgorithms } from "./node-algorithms.js";
import { portablePrimitives } from "./portable-primitives.js";
import type { Primitives } from "./primitives.js";
import type { SecretSharing } from "./secret-sharing.js";
import { shamir } from "./shamir.js";
import { webAlgorithms } from "./web-algorithms.js";

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
  const [agreement, signatures, cipher] = await Promise.all([
    firstThat(candidates, ({ agreement }) => agreement.agreementKey(BASE_POINT)),
    firstThat(candidates, ({ signatures }) => signatures.sign(BASE_POINT, BASE_POINT)),
    firstThat(candidates, async ({ cipher }) => (await cipher.keystream(BASE_POINT)).read(1)),
  ]);
  const portable = portablePrimitives(sharing, random);
  const names = [agreement, signatures, cipher].map((native) => native?.name ?? portable.name);
  return {
    ...portable,
    ...agreement?.agreement,
    ...signatures?.signatures,
    ...cipher?.cipher,
    name: [...new Set(names)].join(" and "),
  };
}

async function firstThat(
  candidates: readonly NativeAlgorithms[],
  works: (candidate: NativeAlgorithms) => Promise<unknown>,
): Promise<NativeAlgorithms | undefined> {
  for (const candidate of candidates) {
    try {
      await works(candidate);
      return candidate;
    } catch {
      // This platform lacks it: the next one, then JavaScript.
    }
  }
  return undefined;
}
