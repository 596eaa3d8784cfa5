import type { Primitives } from "@tacit/shared";

/**
 * For many clients in one process, who all check the same signatures and rosters: each triple of key, message and
 * signature is verified once, each roster looked through once. Neither depends on who looks.
 */
export function verifyOnce(primitives: Primitives): Primitives {
  const verdicts = new Map<string, Promise<boolean>>();
  const name = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");
  return {
    ...primitives,
    knownRosters: new Map(),
    verify(publicKey, message, signature) {
      const key = name(publicKey) + name(signature) + name(message);
      const known = verdicts.get(key);
      if (known) return known;
      if (verdicts.size >= MOST_VERDICTS) verdicts.clear();
      const verdict = primitives.verify(publicKey, message, signature);
      verdicts.set(key, verdict);
      return verdict;
    },
  };
}

/** Some hundred bytes each. */
const MOST_VERDICTS = 100_000;
