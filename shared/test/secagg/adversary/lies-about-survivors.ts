import { inboxCodec, survivorsCodec, unmaskRequestCodec } from "../../../src/secagg/messages/messages.js";
import { pack } from "../../../src/secagg/messages/packet.js";
import type { SecaggReason } from "../../../src/secagg/refusal.js";
import { COHORT_ID } from "../support/example-cohort.js";
import { changedAt, flipped, inMessage, type Lie, type Row, runWith, THIRD, VICTIM } from "./attack.js";

function row(reason: SecaggReason, lie: string, lies: Lie, more?: Lie): Row {
  return {
    reason,
    lie,
    async attack() {
      const { cohort, left } = await runWith(async (world) => (await lies(world)) ?? more?.(world));
      return left.get(cohort.ids[VICTIM] ?? "")?.reason;
    },
  };
}

const surviving = (clients: readonly number[], of = 5): Lie =>
  inMessage("client", VICTIM, "survivors", survivorsCodec, () => ({ survivors: { of, clients } }));

const silentThird: Lie = ({ leg, cohort }) =>
  leg.kind === "shares" && leg.client === cohort.ids[THIRD] ? [] : undefined;

/** The message, and after it another one. */
const twice =
  (kind: "survivors" | "unmask-request", other?: Uint8Array<ArrayBuffer>): Lie =>
  ({ leg, cohort }) =>
    leg.kind === kind && leg.client === cohort.ids[VICTIM] ? [leg.message, other ?? leg.message] : undefined;

type Signatures = readonly { readonly from: number; readonly signature: Uint8Array<ArrayBuffer> }[];
const signatures = (change: (signatures: Signatures) => Signatures): Lie =>
  inMessage("client", VICTIM, "unmask-request", unmaskRequestCodec, (body) => ({
    signatures: change(body.signatures),
  }));

const otherList = pack("survivors", COHORT_ID, survivorsCodec, {
  survivors: { of: 5, clients: [1, 2, 3, 4] },
});

/** What the client says to the request that all the others got. */
async function answerToRequest(lies: Lie): Promise<SecaggReason | undefined> {
  let request: Uint8Array | undefined;
  const { cohort, left } = await runWith((world) => {
    const { kind, message } = world.leg;
    if (kind === "unmask-request") request = message;
    return kind === "abandon" ? [] : lies(world);
  });
  const id = cohort.ids[VICTIM] ?? "";
  if (left.has(id)) throw new Error("the client left before it was asked");
  const output = await cohort.clients.get(id)?.receive(request);
  return output?.ok === false ? output.reason : undefined;
}

/** The coordinator asks for both secrets of one client, or tells different clients different survivors. */
export const liesAboutSurvivors: readonly Row[] = [
  row("malformed", "names survivors of another roster", surviving([1, 2, 3], 6)),
  row("too-few-survivors", "names fewer survivors than the terms allow", surviving([1, 2])),
  row("not-a-survivor", "says that the client's input never came", surviving([0, 1, 3, 4])),
  row(
    "survivor-never-shared",
    "lets somebody survive who never shared",
    surviving([0, 1, 2, 3]),
    silentThird,
  ),
  row("second-survivor-list", "names other survivors after the first", twice("survivors", otherList)),
  row("second-survivor-list", "names the same survivors again", twice("survivors")),
  row("second-unmask-request", "asks for shares twice", twice("unmask-request")),
  row("second-survivor-list", "names survivors after the shares were given", ({ leg, cohort }) =>
    leg.kind === "unmask-request" && leg.client === cohort.ids[VICTIM] ? [leg.message, otherList] : undefined,
  ),
  row(
    "too-few-signatures",
    "asks for shares with one signature less than the quorum",
    signatures((all) => all.slice(1)),
  ),
  row(
    "too-few-signatures",
    "asks for shares without signatures",
    signatures(() => []),
  ),
  row(
    "too-few-signatures",
    "forges a signature",
    signatures((all) =>
      changedAt(all, 0, ({ from, signature }) => ({ from, signature: flipped(signature) })),
    ),
  ),
  row(
    "too-few-signatures",
    "counts one client's signature for another client",
    signatures((all) =>
      changedAt(all, 1, ({ from }) => ({ from, signature: all[0]?.signature ?? new Uint8Array(64) })),
    ),
  ),
  row(
    "too-few-signatures",
    "counts a signature of nobody on the roster",
    signatures((all) => changedAt(all, all.length - 1, ({ signature }) => ({ from: 9, signature }))),
  ),
  row(
    "repeated-signature",
    "counts one signature twice",
    signatures(([first, ...others]) => (first ? [first, first, ...others.slice(1)] : [])),
  ),
  {
    reason: "too-few-signatures",
    lie: "shows two clients two lists of survivors, and the one the signatures of the other",
    attack: () => answerToRequest(surviving([1, 2, 3, 4])),
  },
  {
    reason: "too-few-signatures",
    lie: "shows two clients two lists of sharers, and the one the signatures of the other",
    async attack() {
      const fewer = { of: 5, clients: [0, 1, 2, 4] };
      const inbox = inMessage("client", VICTIM, "inbox", inboxCodec, ({ boxes }) => ({
        sharers: fewer,
        boxes: boxes.filter(({ from }) => fewer.clients.includes(from)),
      }));
      return answerToRequest(async (world) => (await inbox(world)) ?? surviving(fewer.clients)(world));
    },
  },
];
