import { sharesCodec, unmaskingCodec } from "../../../src/secagg/messages/messages.js";
import type { MessageKind } from "../../../src/secagg/messages/packet.js";
import type { SecaggReason } from "../../../src/secagg/refusal.js";
import { flipped, inMessage, LIAR, type Lie, type Row, runWith, type Setting } from "./attack.js";

/** The coordinator gives the cohort up, with this reason, and no client is left waiting with its secrets. */
const row = (reason: SecaggReason, lie: string, lies: Lie, setting?: Setting): Row => ({
  reason,
  lie,
  async attack() {
    const { cohort, end } = await runWith(lies, setting);
    const waiting = [...cohort.clients.values()].some(
      ({ phase }) => phase !== "abandoned" && phase !== "finished",
    );
    return end.ok || waiting ? undefined : end.reason;
  },
});

const silent =
  (kind: MessageKind, from: number): Lie =>
  ({ leg, cohort }) =>
    leg.to === "coordinator" && leg.kind === kind && cohort.ids.indexOf(leg.client) >= from ? [] : undefined;

/** Whoever is asked for a share of the liar's secret reveals another one. */
const falseShares =
  (holders: readonly number[]): Lie =>
  async (world) => {
    for (const holder of holders) {
      const lies = await inMessage("coordinator", holder, "unmasking", unmaskingCodec, ({ shares }) => ({
        shares: shares.map((share) =>
          share.of === LIAR ? { ...share, share: flipped(share.share) } : share,
        ),
      }))(world);
      if (lies) return lies;
    }
    return undefined;
  };

export const liesThatEndACohort: readonly Row[] = [
  row("too-few-clients", "hardly anybody advertises", silent("advertisement", 2)),
  row("impossible-cohort", "so many advertise that no graph fits", silent("advertisement", 4), {
    terms: { adversary: "semi-honest", corrupt: 0, dropout: 0.5 },
  }),
  row("too-few-survivors", "too many never share", silent("shares", 3)),
  row("too-few-survivors", "too many never send their input", silent("masked-input", 3)),
  row("too-few-signatures", "too many never sign", silent("consistency", 3)),
  row("unrecoverable-secret", "too many never reveal", silent("unmasking", 3)),
  row("unrecoverable-secret", "too many reveal false shares", falseShares([0, 1])),
  row(
    "unrecoverable-secret",
    "a client commits to another seed",
    inMessage("coordinator", LIAR, "shares", sharesCodec, ({ boxes, seedCommitment }) => ({
      boxes,
      seedCommitment: flipped(seedCommitment),
    })),
  ),
];
