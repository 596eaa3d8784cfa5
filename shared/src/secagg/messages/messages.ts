import { KEY_BYTES, SEAL_BYTES, SIGNATURE_BYTES } from "../crypto/primitives.js";
import { SHARE_BYTES } from "../crypto/secret-sharing.js";
import { ADVERSARIES, LARGEST_COHORT } from "../graph/graph-parameters.js";
import { SECAGG_REASONS } from "../refusal.js";
import { bytes, type Decoded, f64, list, members, oneOf, struct, u8, u16, u32 } from "./codec.js";

export const ID_BYTES = 16;
/** The most shares of one secret, hence the most neighbours with a share. */
const MOST_SHARES = 255;

const id = bytes(ID_BYTES);
const key = bytes(KEY_BYTES);
const hash = bytes(KEY_BYTES);
const signature = bytes(SIGNATURE_BYTES);

/** What the coordinator offers; every client checks it against its own minima before it shows a key. */
export const termsCodec = struct({
  taskHash: hash,
  modelVersion: u32,
  /** Head of the model chain: clients that were handed different models get masks that do not cancel. */
  modelHash: hash,
  /** Clients invited. */
  size: u16,
  /** U_min: the fewest survivors that anybody unmasks for. */
  minimumSurvivors: u16,
  /** γ and δ of the graph. */
  corrupt: f64,
  dropout: f64,
  adversary: oneOf(ADVERSARIES),
  dimension: u32,
  bits: u8,
  clip: f64,
  noiseMultiplier: f64,
});
export type CohortTerms = Decoded<typeof termsCodec>;

/** A client's fresh keys for one cohort, signed with its long-term key over the terms. */
export const advertisementCodec = struct({
  clientId: id,
  identityKey: key,
  encryptionKey: key,
  maskingKey: key,
  nonce: hash,
  signature,
});
export type Advertisement = Decoded<typeof advertisementCodec>;

/** Everyone who advertised, by ascending id. From here on a client is its place in this list. */
export const rosterCodec = struct({ clients: list(advertisementCodec, LARGEST_COHORT) });
export type Roster = Decoded<typeof rosterCodec>;

/** What one client hands another: a share of its seed, then one of its masking key. */
export const sharePairCodec = struct({ seed: bytes(SHARE_BYTES), maskingKey: bytes(SHARE_BYTES) });
export type SharePair = Decoded<typeof sharePairCodec>;
const box = bytes(2 * SHARE_BYTES + SEAL_BYTES);

/** One sealed pair for every neighbour, by ascending place. */
export const sharesCodec = struct({
  seedCommitment: hash,
  boxes: list(struct({ to: u16, box }), MOST_SHARES),
});
export type Shares = Decoded<typeof sharesCodec>;

/** Everyone who shared, and what the neighbours among them sent to this client. */
export const inboxCodec = struct({
  sharers: members(LARGEST_COHORT),
  boxes: list(struct({ from: u16, box }), MOST_SHARES),
});
export type Inbox = Decoded<typeof inboxCodec>;

/** The masked input: `dimension` integers of `bits` bits, packed. */
export const maskedInputCodec = (dimension: number, bits: number) =>
  struct({ packed: bytes(Math.ceil((dimension * bits) / 8)) });

/** Everyone whose masked input arrived. Nobody else is in the sum. */
export const survivorsCodec = struct({ survivors: members(LARGEST_COHORT) });

/** A signature over (session, sharers, survivors), given once. */
export const consistencyCodec = struct({ signature });

/** Enough of those signatures to know that no honest client was shown another list. */
export const unmaskRequestCodec = struct({
  signatures: list(struct({ from: u16, signature }), LARGEST_COHORT),
});

const SECRET_KINDS = ["seed", "masking-key"] as const;
export type SecretKind = (typeof SECRET_KINDS)[number];
const revealedShare = struct({ of: u16, kind: oneOf(SECRET_KINDS), share: bytes(SHARE_BYTES) });
export type RevealedShare = Decoded<typeof revealedShare>;

/** For each client whose shares this one holds, one share of one secret: never both kinds for one client. */
export const unmaskingCodec = struct({ shares: list(revealedShare, MOST_SHARES) });

/** Either side, at any time: this cohort is over for me, and this is why. */
export const abandonCodec = struct({ reason: oneOf(SECAGG_REASONS), accused: id });
/** Nobody is to blame, or nobody knows who. */
export const NOBODY = new Uint8Array(ID_BYTES);
