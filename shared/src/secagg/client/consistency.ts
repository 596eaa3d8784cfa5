import { bytesToHex } from "@noble/hashes/utils.js";
import type { Bytes } from "../crypto/bytes.js";
import type { Members } from "../messages/codec.js";
import { consistencyCodec, survivorsCodec } from "../messages/messages.js";
import { type Envelope, pack, readBody } from "../messages/packet.js";
import { refuseSecagg, type SecaggRefusal } from "../refusal.js";
import { survivorBytes } from "../transcript.js";
import type { ClientContext, ClientStep } from "./client-context.js";
import type { Masked } from "./masked-input.js";

/** One list of survivors is signed, the others' signatures are awaited. */
export interface Signed extends Pick<Masked, "cohortId" | "roster" | "plan" | "place" | "held"> {
  readonly phase: "signed";
  readonly survivors: ReadonlySet<number>;
  /** What everybody who was shown the same list signed. */
  readonly statement: Bytes;
}

/** R3: the survivors in, a signature over them out. Given once: the next state knows no other list. */
export async function signSurvivors(
  context: ClientContext,
  state: Masked,
  envelope: Envelope,
): Promise<ClientStep<Signed>> {
  const message = readBody(envelope, "survivors", survivorsCodec);
  if (!message.ok) return message;
  const { survivors } = message.body;
  const refusal = checkSurvivors(state, survivors);
  if (refusal) return refusal;

  const { cohortId, roster, plan, place, held, session, sharers } = state;
  const statement = survivorBytes(session, sharers, survivors);
  const signature = await context.signer.sign(statement);
  return {
    ok: true,
    state: {
      phase: "signed",
      cohortId,
      roster,
      plan,
      place,
      held,
      survivors: new Set(survivors.clients),
      statement,
    },
    reply: pack("consistency", cohortId, consistencyCodec, { signature }),
  };
}

/** Enough survivors, this client among them, and nobody who never shared. */
function checkSurvivors(state: Masked, survivors: Members): SecaggRefusal | undefined {
  if (survivors.of !== state.roster.clients.length) {
    return refuseSecagg("malformed", "survivors: not this roster");
  }
  const least = state.terms.minimumSurvivors;
  if (survivors.clients.length < least) {
    return refuseSecagg("too-few-survivors", `${survivors.clients.length} of at least ${least}`);
  }
  if (!survivors.clients.includes(state.place)) {
    return refuseSecagg("not-a-survivor", "this client's input was sent, the list says it was not");
  }
  const shared = new Set(state.sharers.clients);
  const stranger = survivors.clients.find((client) => !shared.has(client));
  if (stranger === undefined) return undefined;
  const id = bytesToHex(state.roster.clients[stranger]?.clientId ?? new Uint8Array());
  return refuseSecagg("survivor-never-shared", `${id} survives but never shared`, id);
}
