import { addPacked } from "../../privacy/add-packed.js";
import { packedBytes } from "../../privacy/pack.js";
import type { Bytes } from "../crypto/bytes.js";
import type { Members } from "../messages/codec.js";
import { inboxCodec } from "../messages/messages.js";
import { type Envelope, pack, readBytes } from "../messages/packet.js";
import {
  ACCEPTED,
  type CoordinatorContext,
  type Opening,
  type Outbox,
  type Receipt,
} from "./coordinator-context.js";
import type { Cohort, Sharing } from "./share.js";
import { tooFew } from "./too-few.js";

/** R2: masked inputs come in, and are added up as they come. */
export interface Masking {
  readonly phase: "masking";
  readonly cohort: Cohort;
  readonly sharers: Members;
  readonly commitments: ReadonlyMap<number, Bytes>;
  readonly arrived: Set<number>;
  readonly sum: Uint32Array;
}

export function openMasking(context: CoordinatorContext, state: Sharing): Opening<Masking> {
  const { cohort, shares } = state;
  const refusal = tooFew(context, cohort, shares.size, "shared");
  if (refusal) return refusal;
  const sharers = { of: cohort.ids.length, clients: [...shares.keys()].sort((a, b) => a - b) };
  return {
    ok: true,
    state: {
      phase: "masking",
      cohort,
      sharers,
      commitments: new Map([...shares].map(([place, sent]) => [place, sent.seedCommitment])),
      arrived: new Set(),
      sum: new Uint32Array(context.terms.dimension),
    },
    outbox: inboxes(context, state, sharers),
  };
}

/** For every sharer, what its neighbours among the sharers sealed for it. */
function inboxes({ cohortId }: CoordinatorContext, { cohort, shares }: Sharing, sharers: Members): Outbox {
  const boxes = new Map(sharers.clients.map((place) => [place, [] as { from: number; box: Bytes }[]]));
  for (const from of sharers.clients) {
    for (const { to, box } of shares.get(from)?.boxes ?? []) boxes.get(to)?.push({ from, box });
  }
  return new Map(
    [...boxes].map(([place, inbox]) => [
      cohort.ids[place] ?? "",
      pack("inbox", cohortId, inboxCodec, { sharers, boxes: inbox }),
    ]),
  );
}

export function receiveMaskedInput(
  { terms }: CoordinatorContext,
  state: Masking,
  place: number,
  envelope: Envelope,
): Receipt {
  const { bits, dimension } = terms;
  const message = readBytes(envelope, "masked-input", packedBytes(dimension, bits));
  if (!message.ok) return message;
  addPacked(terms, state.sum, message.bytes);
  state.arrived.add(place);
  return ACCEPTED;
}
