import { abandonCodec, NOBODY } from "../../../src/secagg/messages/messages.js";
import { MESSAGE_KINDS, type MessageKind, pack } from "../../../src/secagg/messages/packet.js";
import type { SecaggReason } from "../../../src/secagg/refusal.js";
import { COHORT_ID } from "../support/example-cohort.js";
import { type Lie, type Row, runWith, VICTIM } from "./attack.js";

/** Where the header has the version, the kind and the cohort. */
const [VERSION_AT, KIND_AT, COHORT_AT] = [4, 5, 6];
type Message = Uint8Array<ArrayBuffer>;

const TO_CLIENT: readonly MessageKind[] = ["invitation", "roster", "inbox", "survivors", "unmask-request"];
const abandon = pack("abandon", COHORT_ID, abandonCodec, { reason: "too-few-clients", accused: NOBODY });

function row(
  reason: SecaggReason,
  lie: string,
  kind: MessageKind,
  change: (message: Message) => readonly Message[],
): Row {
  return {
    reason,
    lie: `${lie} (${kind})`,
    async attack() {
      const lies: Lie = ({ leg, cohort }) =>
        leg.kind === kind && leg.client === cohort.ids[VICTIM] ? change(leg.message) : undefined;
      const { cohort, left } = await runWith(lies);
      return left.get(cohort.ids[VICTIM] ?? "")?.reason;
    },
  };
}

/** The coordinator breaks the form of a message: the same for all it sends. */
export const liesOfAnyKind: readonly Row[] = TO_CLIENT.flatMap((kind) => [
  row("malformed", "cuts a byte off", kind, (message) => [message.slice(0, -1)]),
  row("malformed", "adds a byte", kind, (message) => [new Uint8Array([...message, 0])]),
  row("malformed", "sends nothing but zeros", kind, (message) => [new Uint8Array(message.length)]),
  row("malformed", "sends an empty message", kind, () => [new Uint8Array()]),
  row("unsupported-version", "speaks another version", kind, (message) => [message.with(VERSION_AT, 2)]),
  row("unexpected-message", "sends another kind of message", kind, (message) => [
    message.with(KIND_AT, MESSAGE_KINDS.indexOf("advertisement")),
  ]),
  row("abandoned", "gives up", kind, () => [abandon]),
  ...(kind === "invitation"
    ? []
    : [row("wrong-cohort", "speaks of another cohort", kind, (message) => [message.with(COHORT_AT, 0xff)])]),
  ...(kind === "survivors" || kind === "unmask-request"
    ? []
    : [row("unexpected-message", "says it twice", kind, (message) => [message, message])]),
]);
