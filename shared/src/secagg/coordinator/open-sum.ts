import { type Bytes, equalBytes, erase } from "../crypto/bytes.js";
import { commitToSeed, deriveKey } from "../crypto/derive.js";
import { addMasks, type Mask } from "../crypto/masks.js";
import { refuseSecagg, type SecaggRefusal } from "../refusal.js";
import type { CoordinatorContext } from "./coordinator-context.js";
import { type RecoveredSecret, recoverSecret } from "./recover-secret.js";
import { secretKind, type Unmasking } from "./unmask.js";

/**
 * A share that was not on its owner's polynomial: the holder changed it, or the owner dealt it wrong. Shares that were
 * not needed are not looked at.
 */
export interface BadShare {
  readonly owner: string;
  readonly holder: string;
}

/** The sum of the survivors' inputs modulo 2^bits. Every secret it took was checked against its owner's word. */
export interface OpenedSum {
  readonly ok: true;
  readonly sum: Uint32Array;
  readonly checkedSecrets: number;
  readonly badShares: readonly BadShare[];
}

/** Recovers one secret of every sharer, and takes away what it masked. */
export async function openSum(
  context: CoordinatorContext,
  state: Unmasking,
): Promise<OpenedSum | SecaggRefusal> {
  const masks: Mask[] = [];
  try {
    const badShares = await collectMasks(context, state, masks);
    if (!Array.isArray(badShares)) return badShares;
    const sum = Uint32Array.from(state.sum);
    const { bits } = context.terms;
    if (context.addMasks) await context.addMasks(masks, sum, bits);
    else await addMasks(context.primitives, masks, sum, bits);
    return { ok: true, sum, checkedSecrets: state.sharers.size, badShares };
  } finally {
    for (const { key } of masks) erase(key);
  }
}

/** Puts what every sharer's secret masked into `masks`. */
async function collectMasks(
  context: CoordinatorContext,
  state: Unmasking,
  masks: Mask[],
): Promise<BadShare[] | SecaggRefusal> {
  const badShares: BadShare[] = [];
  const suspects = new Set<number>();
  for (const place of state.sharers) {
    const recovered = await recover(context, state, place, suspects);
    const owner = state.cohort.ids[place] ?? "";
    if (!recovered) {
      return refuseSecagg(
        "unrecoverable-secret",
        `the ${secretKind(state, place)} of ${owner} cannot be opened from ${state.shares.get(place)?.length ?? 0} shares`,
        owner,
      );
    }
    for (const liar of recovered.liars) {
      suspects.add(liar);
      badShares.push({ owner, holder: state.cohort.ids[liar] ?? "" });
    }
    masks.push(...(await masksOf(context, state, place, recovered.secret)));
    erase(recovered.secret);
  }
  return badShares;
}

/** The seed against its commitment, the masking key against its public key. */
function recover(
  { primitives }: CoordinatorContext,
  state: Unmasking,
  place: number,
  suspects: ReadonlySet<number>,
): Promise<RecoveredSecret | undefined> {
  const { cohort, commitments } = state;
  const expected =
    secretKind(state, place) === "seed" ? commitments.get(place) : cohort.roster.clients[place]?.maskingKey;
  const isRight = async (secret: Bytes) => {
    const shown =
      secretKind(state, place) === "seed"
        ? commitToSeed(cohort.session, place, secret)
        : await primitives.agreementKey(secret);
    return expected !== undefined && equalBytes(shown, expected);
  };
  return recoverSecret(primitives, state.shares.get(place) ?? [], cohort.plan.threshold, isRight, suspects);
}

/** A survivor's own mask; or what a dropped client's neighbours among the survivors added for it. */
async function masksOf(
  { primitives }: CoordinatorContext,
  { cohort, survivors }: Unmasking,
  place: number,
  secret: Bytes,
): Promise<Mask[]> {
  if (survivors.has(place)) return [{ key: deriveKey(secret, cohort.session, "self mask", place), sign: -1 }];
  const peers = cohort.graph.neighbours(place).filter((peer) => survivors.has(peer));
  const keys = peers.flatMap((peer) => cohort.roster.clients[peer]?.maskingKey ?? []);
  const agreed = await primitives.agree(secret, keys);
  return peers.flatMap((peer, index) => {
    const shared = agreed[index];
    if (!shared) return [];
    const key = deriveKey(shared, cohort.session, "mask", Math.min(peer, place), Math.max(peer, place));
    erase(shared);
    return { key, sign: place < peer ? -1 : 1 } as const;
  });
}
