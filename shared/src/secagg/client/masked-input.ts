import { bytesToHex } from "@noble/hashes/utils.js";
import { packIntegers } from "../../privacy/pack.js";
import { type Bytes, erase } from "../crypto/bytes.js";
import { deriveKey } from "../crypto/derive.js";
import { addMasks, type Mask } from "../crypto/masks.js";
import { decode, type Members } from "../messages/codec.js";
import {
  type Inbox,
  inboxCodec,
  maskedInputCodec,
  type SharePair,
  sharePairCodec,
} from "../messages/messages.js";
import { type Envelope, pack, readBody } from "../messages/packet.js";
import { refuseSecagg, type SecaggRefusal } from "../refusal.js";
import type { ClientContext, ClientStep } from "./client-context.js";
import type { Shared } from "./share.js";

/** The masked input is sent, the list of survivors is awaited. */
export interface Masked extends Pick<Shared, "cohortId" | "terms" | "roster" | "session" | "plan" | "place"> {
  readonly phase: "masked";
  readonly sharers: Members;
  /** The pairs of shares this client holds, by whose secrets they open. */
  readonly held: ReadonlyMap<number, SharePair>;
}

/** R2: the neighbours' shares in, y = x + PRG(seed) + Σ_{v<u} PRG(s_uv) − Σ_{v>u} PRG(s_uv) out. */
export async function maskInput(
  context: ClientContext,
  state: Shared,
  envelope: Envelope,
): Promise<ClientStep<Masked>> {
  const message = readBody(envelope, "inbox", inboxCodec);
  if (!message.ok) return message;
  const refusal = checkInbox(state, message.body);
  if (refusal) return refusal;
  const opened = await openBoxes(context, state, message.body);
  if (!opened.ok) return opened;

  const masks = message.body.boxes.flatMap(({ from }) => state.neighbours.get(from)?.mask ?? []);
  const packed = await mask(context, state, masks);
  for (const { inboxKey, mask: pairwise } of state.neighbours.values()) erase(inboxKey, pairwise.key);
  erase(state.seed);
  const { cohortId, terms, roster, session, plan, place } = state;
  const { sharers } = message.body;
  return {
    ok: true,
    state: { phase: "masked", cohortId, terms, roster, session, plan, place, sharers, held: opened.held },
    reply: pack("masked-input", cohortId, maskedInputCodec(terms.dimension, terms.bits), { packed }),
  };
}

async function mask(
  { input, primitives, secrets }: ClientContext,
  state: Shared,
  pairwise: Mask[],
): Promise<Bytes> {
  const masked = Uint32Array.from(input);
  const selfKey = secrets.keep(deriveKey(state.seed, state.session, "self mask", state.place));
  await addMasks(primitives, [{ key: selfKey, sign: 1 }, ...pairwise], masked, state.terms.bits);
  erase(selfKey);
  return new Uint8Array(packIntegers(masked, state.terms.bits));
}

/** Exactly the neighbours who shared, each once, and enough of them. */
function checkInbox(state: Shared, { sharers, boxes }: Inbox): SecaggRefusal | undefined {
  const shared = new Set(sharers.clients);
  if (sharers.of !== state.roster.clients.length) {
    return refuseSecagg("malformed", "sharers: not this roster");
  }
  if (!shared.has(state.place)) {
    return refuseSecagg("not-a-sharer", "this client shared, the list says it did not");
  }
  if (shared.size < state.terms.minimumSurvivors) {
    return refuseSecagg("too-few-survivors", `only ${shared.size} clients shared`);
  }
  let before = -1;
  for (const { from } of boxes) {
    if (from <= before) return refuseSecagg("repeated-share", `from ${from} after ${before}`);
    if (!state.neighbours.has(from) || !shared.has(from)) {
      return refuseSecagg("share-from-stranger", `${from} is no neighbour who shared`);
    }
    before = from;
  }
  const expected = [...state.neighbours.keys()].filter((neighbour) => shared.has(neighbour)).length;
  if (boxes.length < expected) {
    return refuseSecagg("missing-share", `${boxes.length} of ${expected} neighbours' shares`);
  }
  const holders = boxes.length + (state.ownPair ? 1 : 0);
  return holders < state.plan.threshold
    ? refuseSecagg("too-few-shares", `${holders} of at least ${state.plan.threshold}`)
    : undefined;
}

/** A box opens only under the key of its session, sender and receiver, in this direction. */
async function openBoxes(
  { primitives, secrets }: ClientContext,
  state: Shared,
  { boxes }: Inbox,
): Promise<{ ok: true; held: Map<number, SharePair> } | SecaggRefusal> {
  const held = new Map<number, SharePair>();
  if (state.ownPair) held.set(state.place, state.ownPair);
  for (const { from, box } of boxes) {
    const neighbour = state.neighbours.get(from);
    const plaintext = neighbour && (await primitives.open(neighbour.inboxKey, box));
    const pair = plaintext && decode(sharePairCodec, plaintext);
    if (!pair) {
      const id = bytesToHex(state.roster.clients[from]?.clientId ?? new Uint8Array());
      return refuseSecagg("bad-share", `${id}: not sealed for this client in this session`, id);
    }
    erase(plaintext);
    secrets.keep(pair.seed);
    secrets.keep(pair.maskingKey);
    held.set(from, pair);
  }
  return { ok: true, held };
}
