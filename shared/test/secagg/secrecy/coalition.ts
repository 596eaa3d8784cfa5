import { hexToBytes } from "@noble/hashes/utils.js";
import { unpackIntegers } from "../../../src/privacy/pack.js";
import { type Bytes, equalBytes } from "../../../src/secagg/crypto/bytes.js";
import { commitToSeed, deriveKey } from "../../../src/secagg/crypto/derive.js";
import { addMasks, type Mask } from "../../../src/secagg/crypto/masks.js";
import type { Primitives } from "../../../src/secagg/crypto/primitives.js";
import { planCohort } from "../../../src/secagg/graph/cohort-plan.js";
import type { Leg } from "../../../src/secagg/in-memory-cohort.js";
import { decode } from "../../../src/secagg/messages/codec.js";
import {
  type CohortTerms,
  inboxCodec,
  maskedInputCodec,
  rosterCodec,
  type SecretKind,
  sharePairCodec,
  sharesCodec,
  unmaskingCodec,
} from "../../../src/secagg/messages/messages.js";
import { sessionHash } from "../../../src/secagg/transcript.js";
import { bodyOf } from "../adversary/attack.js";
import { COHORT_ID } from "../support/example-cohort.js";
import type { Use } from "../support/watched-primitives.js";

/** What corrupt clients bring into a coalition with the coordinator: all they ever used, by their place. */
export type Corrupt = ReadonlyMap<number, readonly Use[]>;

/** A client's secrets as it first used them: two agreements, then two splits. */
function secretsOf(uses: readonly Use[]) {
  const of = (purpose: Use["purpose"], at: number): Bytes =>
    new Uint8Array(hexToBytes(uses.filter((use) => use.purpose === purpose)[at]?.secret ?? ""));
  return { encryption: of("agree", 0), masking: of("agree", 1), seed: of("split", 0) };
}

/**
 * The most that the coordinator and these clients can find out about every other input: each masked input without
 * every mask whose key they have, can agree on, or can open from the shares they hold or were given.
 */
export async function viewOfCoalition(
  primitives: Primitives,
  terms: CohortTerms,
  legs: readonly Leg[],
  corrupt: Corrupt,
): Promise<ReadonlyMap<number, Uint32Array>> {
  const sent = <Kind extends Leg["kind"]>(kind: Kind) => legs.filter((leg) => leg.kind === kind);
  const [first] = sent("roster");
  if (!first) throw new Error("no roster was sent");
  const roster = bodyOf(first.message, rosterCodec);
  const ids = roster.clients.map(({ clientId }) => Buffer.from(clientId).toString("hex"));
  const session = sessionHash(COHORT_ID, terms, roster);
  const planned = planCohort({ ...terms, clients: ids.length });
  const threshold = planned.ok ? planned.plan.threshold : 0;
  const dealt = sent("shares").map((leg) => ({
    place: ids.indexOf(leg.client),
    shares: bodyOf(leg.message, sharesCodec),
  }));
  const commitments = new Map(dealt.map(({ place, shares }) => [place, shares.seedCommitment]));

  const pool = { seed: new Map<string, Bytes>(), "masking-key": new Map<string, Bytes>() };
  const collect = (owner: number, kind: SecretKind, share: Bytes) =>
    pool[kind].set(`${owner} ${share.at(-1)}`, share);
  for (const [holder, uses] of corrupt) {
    const { encryption } = secretsOf(uses);
    for (const { place, shares } of dealt) {
      const box = shares.boxes.find(({ to }) => to === holder)?.box;
      const [agreed] = await primitives.agree(encryption, [
        roster.clients[place]?.encryptionKey ?? encryption,
      ]);
      const key = agreed && deriveKey(agreed, session, "share", place, holder);
      const opened = box && key && (await primitives.open(key, box));
      const pair = opened && decode(sharePairCodec, opened);
      if (pair) collect(place, "seed", pair.seed);
      if (pair) collect(place, "masking-key", pair.maskingKey);
    }
  }
  for (const leg of sent("unmasking")) {
    for (const { of, kind, share } of bodyOf(leg.message, unmaskingCodec).shares) collect(of, kind, share);
  }

  const opened = async (owner: number, kind: SecretKind): Promise<Bytes | undefined> => {
    const uses = corrupt.get(owner);
    if (uses) return kind === "seed" ? secretsOf(uses).seed : secretsOf(uses).masking;
    const shares = [...pool[kind]].filter(([name]) => name.startsWith(`${owner} `)).map(([, share]) => share);
    if (shares.length < threshold) return undefined;
    const secret = new Uint8Array(await primitives.combine(shares));
    const shown =
      kind === "seed" ? commitToSeed(session, owner, secret) : await primitives.agreementKey(secret);
    const promised = kind === "seed" ? commitments.get(owner) : roster.clients[owner]?.maskingKey;
    return promised && equalBytes(shown, promised) ? secret : undefined;
  };
  const seeds = await Promise.all(ids.map((_, owner) => opened(owner, "seed")));
  const maskingKeys = await Promise.all(ids.map((_, owner) => opened(owner, "masking-key")));

  const view = new Map<number, Uint32Array>();
  for (const { client, message } of sent("masked-input")) {
    const own = ids.indexOf(client);
    if (corrupt.has(own)) continue;
    const inbox = sent("inbox").find((leg) => leg.client === client);
    const known: Mask[] = [];
    const seed = seeds[own];
    if (seed) known.push({ key: deriveKey(seed, session, "self mask", own), sign: -1 });
    for (const { from } of inbox ? bodyOf(inbox.message, inboxCodec).boxes : []) {
      const secret = maskingKeys[from] ?? maskingKeys[own];
      const other = roster.clients[maskingKeys[from] ? own : from]?.maskingKey;
      const [agreed] = secret && other ? await primitives.agree(secret, [other]) : [];
      if (!agreed) continue;
      const key = deriveKey(agreed, session, "mask", Math.min(own, from), Math.max(own, from));
      known.push({ key, sign: from < own ? -1 : 1 });
    }
    const { packed } = bodyOf(message, maskedInputCodec(terms.dimension, terms.bits));
    const rest = unpackIntegers(packed, terms.bits, terms.dimension);
    await addMasks(primitives, known, rest, terms.bits);
    view.set(own, rest);
  }
  return view;
}
