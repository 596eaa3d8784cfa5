import {
  type Advertisement,
  advertisementCodec,
  consistencyCodec,
  type RevealedShare,
  type Shares,
  sharesCodec,
  unmaskingCodec,
} from "../../../src/secagg/messages/messages.js";
import { MESSAGE_KINDS, type MessageKind } from "../../../src/secagg/messages/packet.js";
import type { SecaggReason } from "../../../src/secagg/refusal.js";
import { WEAK_KEY } from "../support/ideal-primitives.js";
import {
  bodyOf,
  changedAt,
  flipped,
  inMessage,
  LIAR,
  type Lie,
  type Row,
  runWith,
  signed,
  type World,
} from "./attack.js";

const FROM_CLIENT: readonly MessageKind[] = [
  "advertisement",
  "shares",
  "masked-input",
  "consistency",
  "unmasking",
];

/** The liar's one message is not counted, and the sum of the others is opened all the same. */
function row(reason: SecaggReason, lie: string, lies: Lie): Row {
  return {
    reason,
    lie,
    async attack() {
      const { cohort, end, refused } = await runWith(lies);
      const exact = end.ok && end.result.sum.join() === cohort.sumOf(end.result.survivors).join();
      return exact ? refused.find(({ client }) => client === cohort.ids[LIAR])?.reason : undefined;
    },
  };
}

const fromLiar = (kind: MessageKind, change: (world: World) => ReturnType<Lie>): Lie => {
  return (world) => {
    const { leg, cohort } = world;
    const lies = leg.to === "coordinator" && leg.client === cohort.ids[LIAR] && leg.kind === kind;
    return lies ? change(world) : undefined;
  };
};

const advertising = (
  reason: SecaggReason,
  lie: string,
  change: (entry: Advertisement, world: World) => Partial<Advertisement> | Promise<Advertisement>,
) =>
  row(
    reason,
    `advertises ${lie}`,
    inMessage("coordinator", LIAR, "advertisement", advertisementCodec, async (entry, world) => ({
      ...entry,
      ...(await change(entry, world)),
    })),
  );

const sharing = (lie: string, change: (boxes: Shares["boxes"]) => Shares["boxes"]) =>
  row(
    "wrong-recipients",
    `shares ${lie}`,
    inMessage("coordinator", LIAR, "shares", sharesCodec, ({ boxes, ...commitment }) => ({
      ...commitment,
      boxes: change(boxes),
    })),
  );

const revealing = (lie: string, change: (shares: readonly RevealedShare[]) => readonly RevealedShare[]) =>
  row(
    "wrong-secrets",
    `reveals ${lie}`,
    inMessage("coordinator", LIAR, "unmasking", unmaskingCodec, ({ shares }) => ({ shares: change(shares) })),
  );

/** The liar's answer comes when the others are at the next one. */
const late = (kind: MessageKind, next: MessageKind): Row => ({
  reason: "late",
  lie: `sends its ${kind} when the phase is over`,
  async attack() {
    let held: Uint8Array | undefined;
    let reason: SecaggReason | undefined;
    const { end } = await runWith(async (world) => {
      const { leg, cohort } = world;
      if (leg.kind === kind && leg.client === cohort.ids[LIAR]) {
        held = leg.message;
        return [];
      }
      if (leg.kind === next && held) {
        const receipt = await cohort.coordinator.receive(cohort.ids[LIAR] ?? "", held);
        reason = receipt.ok ? undefined : receipt.reason;
      }
      return undefined;
    });
    return end.ok ? reason : undefined;
  },
});

/** Whoever fell silent takes another client's place in a later phase. */
const afterItLeft = (kind: MessageKind, next: MessageKind): Row => ({
  reason: "late",
  lie: `sends its ${next} though it never sent its ${kind}`,
  async attack() {
    let reason: SecaggReason | undefined;
    const { cohort, end } = await runWith(async (world) => {
      const { leg } = world;
      const liar = world.cohort.ids[LIAR] ?? "";
      if (leg.kind === kind && leg.client === liar) return [];
      if (leg.kind === next && !reason) {
        const receipt = await world.cohort.coordinator.receive(liar, leg.message);
        reason = receipt.ok ? undefined : receipt.reason;
      }
      return undefined;
    });
    const exact = end.ok && end.result.sum.join() === cohort.sumOf(end.result.survivors).join();
    return exact ? reason : undefined;
  },
});

const ofAnother = ({ history, cohort }: World): Advertisement => {
  const leg = history.find(({ client, kind }) => kind === "advertisement" && client === cohort.ids[0]);
  if (!leg) throw new Error("the other client advertises first");
  return bodyOf(leg.message, advertisementCodec);
};

/** Where the header has the version, the kind and the cohort. */
const [VERSION_AT, KIND_AT, COHORT_AT] = [4, 5, 6];
const next = (kind: MessageKind) => FROM_CLIENT[FROM_CLIENT.indexOf(kind) + 1] ?? "invitation";

export const liesOfClients: readonly Row[] = [
  ...FROM_CLIENT.flatMap((kind) => [
    row(
      "malformed",
      `sends garbage as ${kind}`,
      fromLiar(kind, () => [new Uint8Array(40).fill(0x5a)]),
    ),
    row(
      "malformed",
      `cuts a byte off its ${kind}`,
      fromLiar(kind, ({ leg }) => [leg.message.slice(0, -1)]),
    ),
    row(
      "malformed",
      `adds a byte to its ${kind}`,
      fromLiar(kind, ({ leg }) => [new Uint8Array([...leg.message, 0])]),
    ),
    row(
      "unsupported-version",
      `speaks another version in its ${kind}`,
      fromLiar(kind, ({ leg }) => [leg.message.with(VERSION_AT, 0)]),
    ),
    row(
      "wrong-cohort",
      `sends its ${kind} for another cohort`,
      fromLiar(kind, ({ leg }) => [leg.message.with(COHORT_AT, 0)]),
    ),
    row(
      "unexpected-message",
      `sends ${next(kind)} for its ${kind}`,
      fromLiar(kind, ({ leg }) => [leg.message.with(KIND_AT, MESSAGE_KINDS.indexOf(next(kind)))]),
    ),
    row(
      "duplicate",
      `sends two different messages of kind ${kind}`,
      fromLiar(kind, ({ leg }) => [leg.message, flipped(leg.message, -1)]),
    ),
  ]),
  ...FROM_CLIENT.slice(1).map((kind, before) => late(FROM_CLIENT[before] ?? kind, kind)),
  ...FROM_CLIENT.slice(1).map((kind, before) => afterItLeft(FROM_CLIENT[before] ?? kind, kind)),
  advertising("not-in-cohort", "under another client's id", (_, world) => ({
    clientId: ofAnother(world).clientId,
  })),
  advertising("zero-key", "an encryption key of zeros", () => ({ encryptionKey: new Uint8Array(32) })),
  advertising("zero-key", "a masking key of zeros", () => ({ maskingKey: new Uint8Array(32) })),
  advertising("zero-key", "an encryption key of low order", (entry, world) =>
    signed(world, { ...entry, encryptionKey: WEAK_KEY }),
  ),
  advertising("zero-key", "a masking key of low order", (entry, world) =>
    signed(world, { ...entry, maskingKey: WEAK_KEY }),
  ),
  advertising("repeated-key", "one key for both purposes", ({ maskingKey }) => ({
    encryptionKey: maskingKey,
  })),
  advertising("repeated-key", "another client's masking key", (_, world) => ({
    maskingKey: ofAnother(world).maskingKey,
  })),
  advertising("unknown-identity", "another client's identity", (_, world) => ({
    identityKey: ofAnother(world).identityKey,
  })),
  advertising("unknown-identity", "an identity it made up", (entry, world) =>
    signed(world, entry, undefined, undefined, -1),
  ),
  advertising("bad-signature", "keys it never signed", ({ nonce }) => ({ nonce: flipped(nonce) })),
  advertising("bad-signature", "keys signed for other terms", (entry, world) =>
    signed(world, entry, { ...world.cohort.terms, modelVersion: 8 }),
  ),
  advertising("bad-signature", "keys signed for another cohort", (entry, world) =>
    signed(world, entry, undefined, "dd".repeat(16)),
  ),
  sharing("with nobody", () => []),
  sharing("with all but one neighbour", (boxes) => boxes.slice(1)),
  sharing("with itself", (boxes) => changedAt(boxes, 1, ({ box }) => ({ to: LIAR, box }))),
  sharing("with one neighbour twice", (boxes) => changedAt(boxes, 1, ({ box }) => ({ to: 0, box }))),
  sharing("out of order", (boxes) => [...boxes].reverse()),
  row(
    "bad-signature",
    "signs other survivors",
    inMessage("coordinator", LIAR, "consistency", consistencyCodec, ({ signature }) => ({
      signature: flipped(signature),
    })),
  ),
  revealing("the other secret of a client", (shares) =>
    changedAt(shares, 0, (share) => ({ ...share, kind: "masking-key" })),
  ),
  revealing("both secrets of a client", ([first, ...others]) =>
    first ? [first, { ...first, kind: "masking-key" }, ...others] : [],
  ),
  revealing("one secret of a client twice", ([first, ...others]) => (first ? [first, first, ...others] : [])),
  revealing("nothing", () => []),
  revealing("all but one secret", (shares) => shares.slice(1)),
  revealing("a secret of nobody in the cohort", (shares) =>
    changedAt(shares, shares.length - 1, (share) => ({ ...share, of: 9 })),
  ),
  revealing("secrets out of order", (shares) => [...shares].reverse()),
  {
    reason: "not-in-cohort",
    lie: "was never invited",
    async attack() {
      let reason: SecaggReason | undefined;
      await runWith(async ({ leg, cohort }) => {
        if (leg.kind !== "advertisement" || reason) return undefined;
        const receipt = await cohort.coordinator.receive("ee".repeat(16), leg.message);
        reason = receipt.ok ? undefined : receipt.reason;
        return undefined;
      });
      return reason;
    },
  },
];
