import type { Bytes } from "../crypto/bytes.js";
import type { Members } from "../messages/codec.js";
import { consistencyCodec, survivorsCodec } from "../messages/messages.js";
import { type Envelope, pack, readBody } from "../messages/packet.js";
import { refuseSecagg } from "../refusal.js";
import { survivorBytes } from "../transcript.js";
import { ACCEPTED, type CoordinatorContext, type Opening, type Receipt } from "./coordinator-context.js";
import type { Masking } from "./masked-input.js";
import { tooFew } from "./too-few.js";

/** R3: signatures over one list of survivors come in. */
export interface Signing extends Omit<Masking, "phase" | "arrived"> {
  readonly phase: "signing";
  readonly survivors: Members;
  readonly statement: Bytes;
  readonly signatures: Map<number, Bytes>;
}

export function openConsistency(context: CoordinatorContext, state: Masking): Opening<Signing> {
  const { arrived, cohort, commitments, sharers, sum } = state;
  const refusal = tooFew(context, cohort, arrived.size, "sent a masked input");
  if (refusal) return refusal;
  const survivors = { of: cohort.ids.length, clients: [...arrived].sort((a, b) => a - b) };
  const message = pack("survivors", context.cohortId, survivorsCodec, { survivors });
  return {
    ok: true,
    state: {
      phase: "signing",
      cohort,
      commitments,
      sharers,
      sum,
      survivors,
      statement: survivorBytes(cohort.session, sharers, survivors),
      signatures: new Map(),
    },
    outbox: new Map(survivors.clients.map((place) => [cohort.ids[place] ?? "", message])),
  };
}

export async function receiveConsistency(
  { primitives }: CoordinatorContext,
  state: Signing,
  place: number,
  envelope: Envelope,
): Promise<Receipt> {
  const message = readBody(envelope, "consistency", consistencyCodec);
  if (!message.ok) return message;
  const key = state.cohort.roster.clients[place]?.identityKey;
  const { signature } = message.body;
  if (!key || !(await primitives.verify(key, state.statement, signature))) {
    return refuseSecagg("bad-signature", "not a signature over these survivors");
  }
  state.signatures.set(place, signature);
  return ACCEPTED;
}
