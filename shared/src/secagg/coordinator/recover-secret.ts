import { type Bytes, equalBytes, erase } from "../crypto/bytes.js";
import type { Primitives } from "../crypto/primitives.js";
import type { HeldShare } from "./unmask.js";

/** Subsets tried before a secret is given up. */
const ATTEMPTS = 256;

/** A secret that passed its check, and the holders whose shares do not lie on its polynomial. */
export interface RecoveredSecret {
  readonly secret: Bytes;
  readonly liars: readonly number[];
}

/**
 * Opens a secret from more shares than needed, some of which may be wrong. `isRight` compares with what the owner
 * committed to, so a wrong subset is never mistaken for a right one.
 * @param suspects Holders who lied before; their shares are tried last.
 */
export async function recoverSecret(
  primitives: Pick<Primitives, "combine" | "random">,
  shares: readonly HeldShare[],
  threshold: number,
  isRight: (secret: Bytes) => Promise<boolean>,
  suspects: ReadonlySet<number> = new Set(),
): Promise<RecoveredSecret | undefined> {
  const usable = shares
    .filter(({ share }) => point(share) !== 0)
    .sort((a, b) => Number(suspects.has(a.holder)) - Number(suspects.has(b.holder)));
  if (usable.length < threshold) return undefined;
  const open = async (subset: readonly HeldShare[]) => {
    if (new Set(subset.map(({ share }) => point(share))).size < subset.length) return undefined;
    const combined = await primitives.combine(subset.map(({ share }) => share));
    const secret = new Uint8Array(combined);
    erase(combined);
    return secret;
  };
  const attempts = usable.length === threshold ? 1 : ATTEMPTS;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const chosen = (attempt === 0 ? usable : shuffled(primitives, usable)).slice(0, threshold);
    const secret = await open(chosen);
    if (secret && (await isRight(secret))) {
      const doubtful = attempt === 0 ? [] : usable.filter((share) => !chosen.includes(share));
      const liars = shares.filter(({ share }) => point(share) === 0).map(({ holder }) => holder);
      // The polynomial through the secret and all but one of the chosen shares is fixed: a share lies on it or not.
      for (const share of doubtful) {
        const again = await open([share, ...chosen.slice(1)]);
        if (!again || !equalBytes(again, secret)) liars.push(share.holder);
        erase(again);
      }
      return { secret, liars };
    }
    erase(secret);
  }
  return undefined;
}

const point = (share: Uint8Array) => share.at(-1) ?? 0;

function shuffled<Value>({ random }: Pick<Primitives, "random">, values: readonly Value[]): Value[] {
  const order = new Uint32Array(values.length);
  random.fill(new Uint8Array(order.buffer));
  return values
    .map((value, index) => ({ value, key: order[index] ?? 0 }))
    .sort((a, b) => a.key - b.key)
    .map(({ value }) => value);
}
