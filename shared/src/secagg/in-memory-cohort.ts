import type { SecureClient } from "./client/secure-client.js";
import type { Outbox } from "./coordinator/coordinator-context.js";
import type { CohortResult, SecureCoordinator } from "./coordinator/secure-coordinator.js";
import type { Bytes } from "./crypto/bytes.js";
import { type MessageKind, openEnvelope } from "./messages/packet.js";
import type { SecaggReason, SecaggRefusal } from "./refusal.js";

/** One message on its way between the coordinator and a client. */
export interface Leg {
  readonly to: "client" | "coordinator";
  /** The client that the message goes to or comes from. */
  readonly client: string;
  readonly kind: MessageKind;
  readonly message: Bytes;
}

/** What becomes of a message under way: nothing arrives, itself, something else, or several messages. */
export type Wire = (leg: Leg) => readonly Bytes[] | Promise<readonly Bytes[]>;

/** Both sides of one cohort, and the line between them. */
export interface InMemoryCohort {
  readonly coordinator: SecureCoordinator;
  /** By client id; whoever is invited and is not here never answers. */
  readonly clients: ReadonlyMap<string, SecureClient>;
  readonly wire?: Wire;
}

/** How a cohort ended, for both sides. */
export interface CohortOutcome {
  readonly end: { readonly ok: true; readonly result: CohortResult } | SecaggRefusal;
  /** The first refusal of each client that left. */
  readonly left: ReadonlyMap<string, SecaggRefusal>;
  /** What the coordinator refused to count, in order. */
  readonly refused: readonly { readonly client: string; readonly reason: SecaggReason }[];
}

/** Runs a cohort to its end without a network or a clock: a phase closes when every message was delivered. */
export async function runInMemory({
  coordinator,
  clients,
  wire = ({ message }) => [message],
}: InMemoryCohort): Promise<CohortOutcome> {
  const left = new Map<string, SecaggRefusal>();
  const refused: { client: string; reason: SecaggReason }[] = [];

  const answer = async (client: string, reply: Bytes) => {
    for (const message of await carried(wire, "coordinator", client, reply)) {
      const receipt = await coordinator.receive(client, message);
      if (!receipt.ok) refused.push({ client, reason: receipt.reason });
    }
  };
  const deliver = async (outbox: Outbox) => {
    for (const [id, sent] of outbox) {
      for (const message of await carried(wire, "client", id, sent)) {
        const output = await clients.get(id)?.receive(message);
        if (output && !output.ok && !left.has(id)) left.set(id, output);
        if (output?.reply) await answer(id, output.reply);
      }
    }
  };

  for (;;) {
    const output = await coordinator.advance();
    await deliver(output.outbox);
    if (!output.ok) return { end: output, left, refused };
    if (output.result) return { end: { ok: true, result: output.result }, left, refused };
  }
}

async function carried(wire: Wire, to: Leg["to"], client: string, message: Bytes): Promise<readonly Bytes[]> {
  const envelope = openEnvelope(message);
  if (!envelope.ok) throw new Error(`a state machine sent no message: ${envelope.message}`);
  return wire({ to, client, kind: envelope.kind, message });
}

const ANSWERS = ["advertisement", "shares", "masked-input", "consistency", "unmasking"] as const;
/** What a client answers, one a phase. */
export type AnswerKind = (typeof ANSWERS)[number];

/** A line on which these clients fall silent: from the answer named on, none of theirs arrives. */
export function silentFrom(drops: ReadonlyMap<string, AnswerKind>): Wire {
  const order: readonly MessageKind[] = ANSWERS;
  return ({ to, client, kind, message }) => {
    const first = drops.get(client);
    if (to === "client" || first === undefined) return [message];
    return order.indexOf(kind) < order.indexOf(first) ? [message] : [];
  };
}
