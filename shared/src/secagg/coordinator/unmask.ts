import { type Bytes, erase } from "../crypto/bytes.js";
import type { RevealedShare, SecretKind } from "../messages/messages.js";
import { unmaskingCodec, unmaskRequestCodec } from "../messages/messages.js";
import { type Envelope, pack, readBody } from "../messages/packet.js";
import { refuseSecagg } from "../refusal.js";
import type { Signing } from "./consistency.js";
import { ACCEPTED, type CoordinatorContext, type Opening, type Receipt } from "./coordinator-context.js";
import type { Cohort } from "./share.js";

/** One share of a client's secret, and who held it. */
export interface HeldShare {
  readonly holder: number;
  readonly share: Bytes;
}

/** R4: shares of one secret of each sharer come in: of survivors the seed, of the others the masking key. */
export interface Unmasking {
  readonly phase: "unmasking";
  readonly cohort: Cohort;
  readonly commitments: ReadonlyMap<number, Bytes>;
  readonly sharers: ReadonlySet<number>;
  readonly survivors: ReadonlySet<number>;
  readonly sum: Uint32Array;
  readonly shares: ReadonlyMap<number, HeldShare[]>;
}

export function openUnmasking({ cohortId }: CoordinatorContext, state: Signing): Opening<Unmasking> {
  const { cohort, commitments, sharers, signatures, sum, survivors } = state;
  const { quorum } = cohort.plan;
  if (signatures.size < quorum) {
    return refuseSecagg("too-few-signatures", `${signatures.size} of at least ${quorum}`);
  }
  const enough = [...signatures]
    .slice(0, quorum)
    .sort(([a], [b]) => a - b)
    .map(([from, signature]) => ({ from, signature }));
  const request = pack("unmask-request", cohortId, unmaskRequestCodec, { signatures: enough });
  return {
    ok: true,
    state: {
      phase: "unmasking",
      cohort,
      commitments,
      sharers: new Set(sharers.clients),
      survivors: new Set(survivors.clients),
      sum,
      shares: new Map(sharers.clients.map((place) => [place, []])),
    },
    outbox: new Map(survivors.clients.map((place) => [cohort.ids[place] ?? "", request])),
  };
}

/** Which secret of a sharer is opened. There is no third case, and no client for whom both hold. */
export const secretKind = ({ survivors }: Pick<Unmasking, "survivors">, place: number): SecretKind =>
  survivors.has(place) ? "seed" : "masking-key";

export function receiveUnmasking(state: Unmasking, place: number, envelope: Envelope): Receipt {
  const message = readBody(envelope, "unmasking", unmaskingCodec);
  if (!message.ok) return message;
  const { shares } = message.body;
  if (!isExactly(state, heldBy(state, place), shares)) {
    return refuseSecagg(
      "wrong-secrets",
      "not one share of the right kind for every client it holds shares of",
    );
  }
  for (const { of, share } of shares) state.shares.get(of)?.push({ holder: place, share });
  return ACCEPTED;
}

/** Once the sum is open, or never will be. */
export function forgetShares({ shares }: Unmasking): void {
  for (const held of shares.values()) for (const { share } of held) erase(share);
}

/** Whose shares this client holds: its neighbours among the sharers and, on a complete graph, its own. */
function heldBy({ cohort, sharers }: Unmasking, place: number): number[] {
  const peers = cohort.graph.neighbours(place).filter((peer) => sharers.has(peer));
  return cohort.plan.graph === "complete" ? [...peers, place].sort((a, b) => a - b) : peers;
}

function isExactly(state: Unmasking, held: readonly number[], shares: readonly RevealedShare[]): boolean {
  return (
    shares.length === held.length &&
    shares.every(({ of, kind }, index) => of === held[index] && kind === secretKind(state, of))
  );
}
