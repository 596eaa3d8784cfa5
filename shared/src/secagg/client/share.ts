import { bytesToHex } from "@noble/hashes/utils.js";
import { type Bytes, erase } from "../crypto/bytes.js";
import { commitToSeed, deriveKey } from "../crypto/derive.js";
import type { Mask } from "../crypto/masks.js";
import { randomSecret } from "../crypto/primitives.js";
import type { CohortPlan } from "../graph/cohort-plan.js";
import { cohortGraph } from "../graph/graph.js";
import { encode } from "../messages/codec.js";
import {
  type CohortTerms,
  type Roster,
  rosterCodec,
  type SharePair,
  sharePairCodec,
  sharesCodec,
} from "../messages/messages.js";
import { type Envelope, pack, readBody } from "../messages/packet.js";
import { refuseSecagg, type SecaggRefusal } from "../refusal.js";
import { sessionHash } from "../transcript.js";
import type { Advertised } from "./advertise.js";
import { checkRoster } from "./check-roster.js";
import type { ClientContext, ClientStep } from "./client-context.js";

/** What this client needs for one neighbour until its masked input is sent. */
interface Neighbour {
  /** Opens what the neighbour sends. */
  readonly inboxKey: Bytes;
  readonly mask: Mask;
}

/** Both secrets are shared, the neighbours' shares are awaited. */
export interface Shared {
  readonly phase: "shared";
  readonly cohortId: string;
  readonly terms: CohortTerms;
  readonly roster: Roster;
  readonly session: Bytes;
  readonly plan: CohortPlan;
  readonly place: number;
  readonly neighbours: ReadonlyMap<number, Neighbour>;
  readonly seed: Bytes;
  /** On a complete graph, this client's own share of its own secrets. */
  readonly ownPair: SharePair | undefined;
}

/** R1: roster in; for every neighbour a sealed share of the masking key and of a fresh seed out. */
export async function share(
  context: ClientContext,
  state: Advertised,
  envelope: Envelope,
): Promise<ClientStep<Shared>> {
  const message = readBody(envelope, "roster", rosterCodec);
  if (!message.ok) return message;
  const roster = message.body;
  const { cohortId, terms } = state;
  const session = sessionHash(cohortId, terms, roster);
  const checked = await checkRoster(context, state, roster, session);
  if (!checked.ok) return checked;

  const { plan, place } = checked;
  const peers = cohortGraph(plan, roster.clients.length, session).neighbours(place);
  const agreed = await agreeWithPeers(context, state, roster, peers);
  if (!agreed.ok) return agreed;

  const { primitives, secrets } = context;
  const seed = secrets.keep(randomSecret(primitives));
  const pairs = await splitSecrets(context, plan, seed, state.maskingSecret);
  const boxes: { to: number; box: Bytes }[] = [];
  const neighbours = new Map<number, Neighbour>();
  for (const [index, to] of peers.entries()) {
    const encryption = agreed.encryption[index];
    const masking = agreed.masking[index];
    const pair = pairs[index];
    if (!encryption || !masking || !pair) throw new Error("a neighbour without keys or shares");
    const outboxKey = secrets.keep(deriveKey(encryption, session, "share", place, to));
    const plaintext = secrets.keep(encode(sharePairCodec, pair));
    boxes.push({ to, box: await primitives.seal(outboxKey, plaintext) });
    const maskKey = deriveKey(masking, session, "mask", Math.min(place, to), Math.max(place, to));
    neighbours.set(to, {
      inboxKey: secrets.keep(deriveKey(encryption, session, "share", to, place)),
      mask: { key: secrets.keep(maskKey), sign: to < place ? 1 : -1 },
    });
    erase(outboxKey, plaintext, encryption, masking, pair.seed, pair.maskingKey);
  }
  erase(state.encryptionSecret, state.maskingSecret);
  return {
    ok: true,
    state: {
      phase: "shared",
      cohortId,
      terms,
      roster,
      session,
      plan,
      place,
      neighbours,
      seed,
      ownPair: pairs[peers.length],
    },
    reply: pack("shares", cohortId, sharesCodec, {
      seedCommitment: commitToSeed(session, place, seed),
      boxes,
    }),
  };
}

/** Diffie–Hellman with every neighbour, once for encryption and once for masking. */
async function agreeWithPeers(
  { primitives, secrets }: ClientContext,
  state: Advertised,
  { clients }: Roster,
  peers: readonly number[],
): Promise<{ ok: true; encryption: Bytes[]; masking: Bytes[] } | SecaggRefusal> {
  const entries = peers.flatMap((peer) => clients[peer] ?? []);
  const [encryption, masking] = await Promise.all([
    primitives.agree(
      state.encryptionSecret,
      entries.map((entry) => entry.encryptionKey),
    ),
    primitives.agree(
      state.maskingSecret,
      entries.map((entry) => entry.maskingKey),
    ),
  ]);
  for (const secret of [...encryption, ...masking]) if (secret) secrets.keep(secret);
  const weak = entries.find((_, index) => !encryption[index] || !masking[index]);
  if (weak) {
    const id = bytesToHex(weak.clientId);
    return refuseSecagg("zero-key", `${id}: a key with which every agreement is zero`, id);
  }
  const present = (secret: Bytes | undefined) => secret ?? [];
  return { ok: true, encryption: encryption.flatMap(present), masking: masking.flatMap(present) };
}

async function splitSecrets(
  { primitives, secrets }: ClientContext,
  plan: CohortPlan,
  seed: Bytes,
  maskingKey: Bytes,
): Promise<SharePair[]> {
  const [seedShares, keyShares] = await Promise.all([
    primitives.split(seed, plan.shares, plan.threshold),
    primitives.split(maskingKey, plan.shares, plan.threshold),
  ]);
  const pairs = seedShares.map((seedShare, index) => ({
    seed: secrets.keep(new Uint8Array(seedShare)),
    maskingKey: secrets.keep(new Uint8Array(keyShares[index] ?? [])),
  }));
  erase(...seedShares, ...keyShares);
  return pairs;
}
