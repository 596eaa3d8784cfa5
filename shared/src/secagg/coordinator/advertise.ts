import { bytesToHex } from "@noble/hashes/utils.js";
import { isZero } from "../crypto/bytes.js";
import { type Advertisement, advertisementCodec, termsCodec } from "../messages/messages.js";
import { type Envelope, pack, readBody } from "../messages/packet.js";
import { refuseSecagg } from "../refusal.js";
import { advertisedBytes } from "../transcript.js";
import { ACCEPTED, type CoordinatorContext, type Opening, type Receipt } from "./coordinator-context.js";

/** R0: keys come in. */
export interface Advertising {
  readonly phase: "advertising";
  readonly advertisements: Map<string, Advertisement>;
  /** The owner of every key, by its hex digits: one key, one owner, one use. */
  readonly keys: Map<string, string>;
}

export function openAdvertising(context: CoordinatorContext): Opening<Advertising> {
  const invitation = pack("invitation", context.cohortId, termsCodec, context.terms);
  return {
    ok: true,
    state: { phase: "advertising", advertisements: new Map(), keys: new Map() },
    outbox: new Map([...context.invited].map((client) => [client, invitation])),
  };
}

export async function receiveAdvertisement(
  { cohortId, identities, primitives, terms }: CoordinatorContext,
  state: Advertising,
  from: string,
  envelope: Envelope,
): Promise<Receipt> {
  const message = readBody(envelope, "advertisement", advertisementCodec);
  if (!message.ok) return message;
  const entry = message.body;
  if (bytesToHex(entry.clientId) !== from) return refuseSecagg("not-in-cohort", "another client's id");
  const keys = [entry.identityKey, entry.encryptionKey, entry.maskingKey];
  if (keys.some(isZero)) return refuseSecagg("zero-key", "a key of zeros");
  const names = keys.map((key) => bytesToHex(key));
  const [identity, ...fresh] = names;
  if (new Set(names).size < names.length || fresh.some((name) => state.keys.has(name))) {
    return refuseSecagg("repeated-key", "a key seen before");
  }
  if (await hasWeakKey(primitives, entry)) return refuseSecagg("zero-key", "every agreement is zero");
  if (!(await identities.accepts(from, entry.identityKey))) {
    return refuseSecagg("unknown-identity", "not the identity key that was enrolled");
  }
  const signed = advertisedBytes(cohortId, terms)(entry);
  if (!(await primitives.verify(entry.identityKey, signed, entry.signature))) {
    return refuseSecagg("bad-signature", "keys not signed for this cohort, task and model");
  }
  // Whoever advertised this client's long-term key as a fresh one of its own wanted to keep it out.
  const thief = state.keys.get(identity ?? "");
  if (thief !== undefined) evict(state, thief);
  for (const name of names) state.keys.set(name, from);
  state.advertisements.set(from, entry);
  return ACCEPTED;
}

function evict(state: Advertising, client: string): void {
  state.advertisements.delete(client);
  for (const [name, owner] of state.keys) if (owner === client) state.keys.delete(name);
}

/** A point of small order gives zero with every secret, so any secret finds it out. */
async function hasWeakKey(
  primitives: CoordinatorContext["primitives"],
  { encryptionKey, maskingKey }: Advertisement,
): Promise<boolean> {
  const probe = new Uint8Array(32).fill(0x40);
  const agreed = await primitives.agree(probe, [encryptionKey, maskingKey]);
  return agreed.includes(undefined);
}
