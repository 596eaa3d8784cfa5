import { decode } from "../../../src/secagg/messages/codec.js";
import { type Inbox, inboxCodec } from "../../../src/secagg/messages/messages.js";
import { openEnvelope } from "../../../src/secagg/messages/packet.js";
import type { SecaggReason } from "../../../src/secagg/refusal.js";
import {
  changedAt,
  flipped,
  inMessage,
  type Lie,
  type Row,
  runWith,
  type Setting,
  THIRD,
  VICTIM,
  type World,
} from "./attack.js";

function row(
  reason: SecaggReason,
  lie: string,
  change: (inbox: Inbox, world: World) => Inbox,
  setting?: Setting,
  more?: Lie,
): Row {
  return {
    reason,
    lie: `hands on ${lie}`,
    async attack() {
      const tampering = inMessage("client", VICTIM, "inbox", inboxCodec, change);
      const { cohort, left } = await runWith(
        async (world) => (await tampering(world)) ?? more?.(world),
        setting,
      );
      return left.get(cohort.ids[VICTIM] ?? "")?.reason;
    },
  };
}

/** The third client never shares. */
const silentThird: Lie = ({ leg, cohort }) =>
  leg.kind === "shares" && leg.client === cohort.ids[THIRD] ? [] : undefined;

const sharedBy = (clients: readonly number[], inbox: Inbox): Inbox => ({
  sharers: { of: 5, clients },
  boxes: inbox.boxes.filter(({ from }) => clients.includes(from)),
});

/** What another client was handed, of the same sender. */
function boxesOf(client: number, { history, cohort }: World): Inbox["boxes"] {
  const leg = history.find((sent) => sent.kind === "inbox" && sent.client === cohort.ids[client]);
  const envelope = leg && openEnvelope(leg.message);
  return (envelope?.ok && decode(inboxCodec, envelope.body)?.boxes) || [];
}

/** The coordinator drops, swaps, repeats and replays what clients sealed for each other. */
export const liesAboutShares: readonly Row[] = [
  row("malformed", "a list of sharers of another roster", ({ boxes, sharers }) => ({
    boxes,
    sharers: { ...sharers, of: 6 },
  })),
  row("not-a-sharer", "a list without the client itself", (inbox) => sharedBy([0, 1, 3, 4], inbox)),
  row("too-few-survivors", "so few sharers that nobody may unmask", (inbox) => sharedBy([1, 2], inbox)),
  row("too-few-shares", "fewer shares than open a secret", (inbox) => sharedBy([0, 1, 2], inbox)),
  row("missing-share", "all but one neighbour's share", ({ sharers, boxes }) => ({
    sharers,
    boxes: boxes.slice(1),
  })),
  row("repeated-share", "one share twice", ({ sharers, boxes: [first, , ...others] }) => ({
    sharers,
    boxes: first ? [first, first, ...others] : [],
  })),
  row("repeated-share", "shares out of order", ({ sharers, boxes }) => ({
    sharers,
    boxes: [...boxes].reverse(),
  })),
  row("share-from-stranger", "a share from the client itself", ({ sharers, boxes }) => ({
    sharers,
    boxes: changedAt(boxes, 1, (sent) => ({ ...sent, from: VICTIM })),
  })),
  row("share-from-stranger", "a share from nobody on the roster", ({ sharers, boxes }) => ({
    sharers,
    boxes: changedAt(boxes, 3, (sent) => ({ ...sent, from: 5 })),
  })),
  row(
    "share-from-stranger",
    "a share of somebody who, it says, never shared",
    ({ sharers, boxes }) => ({ sharers, boxes: changedAt(boxes, 2, (sent) => ({ ...sent, from: THIRD })) }),
    {},
    silentThird,
  ),
  row("bad-share", "a changed share", ({ sharers, boxes }) => ({
    sharers,
    boxes: changedAt(boxes, 1, ({ from, box }) => ({ from, box: flipped(box, 20) })),
  })),
  row("bad-share", "two shares with their senders swapped", ({ sharers, boxes }) => ({
    sharers,
    boxes: boxes.map(({ from }, at) => ({ from, box: boxes[at ^ 1]?.box ?? new Uint8Array(82) })),
  })),
  row("bad-share", "the share that was sealed for another client", ({ sharers, boxes }, world) => {
    const others = boxesOf(0, world);
    const swapped = others.find(({ from }) => from === THIRD);
    return { sharers, boxes: boxes.map((sent) => (sent.from === THIRD && swapped ? swapped : sent)) };
  }),
  row(
    "bad-share",
    "the client's own share, back as if the receiver had sent it",
    ({ sharers, boxes }, world) => {
      const reflected = boxesOf(0, world).find(({ from }) => from === VICTIM);
      return {
        sharers,
        boxes: changedAt(boxes, 0, ({ from, box }) => ({ from, box: reflected?.box ?? box })),
      };
    },
  ),
];
