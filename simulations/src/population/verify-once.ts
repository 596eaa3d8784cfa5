import type { Primitives } from "@tacit/shared";
import { ForgetfulMap } from "./forgetful-map.js";

/** Some hundred bytes each. */
const MOST_VERDICTS = 100_000;
/** Of the latest sessions; were more under way at a time, some rosters would be looked through again. */
const MOST_ROSTERS = 64;

/**
 * For many clients in one process, who all check the same signatures and rosters: each triple of key, message and
 * signature is verified once, each roster looked through once. Neither depends on who looks.
 */
export function verifyOnce(primitives: Primitives): Primitives {
  const verdicts = new ForgetfulMap<string, Promise<boolean>>(MOST_VERDICTS);
  const name = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");
  return {
    ...primitives,
    knownRosters: new ForgetfulMap(MOST_ROSTERS),
    verify(publicKey, message, signature) {
      const key = name(publicKey) + name(signature) + name(message);
      const verdict = verdicts.get(key) ?? primitives.verify(publicKey, message, signature);
      verdicts.set(key, verdict);
      return verdict;
    },
  };
}
