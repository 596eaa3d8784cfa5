import { unmaskingCodec, unmaskRequestCodec } from "../messages/messages.js";
import { type Envelope, pack, readBody } from "../messages/packet.js";
import { refuseSecagg } from "../refusal.js";
import type { ClientContext, ClientStep } from "./client-context.js";
import type { Signed } from "./consistency.js";

/** This client has answered, and has nothing left to tell. */
export interface Finished {
  readonly phase: "finished";
  readonly cohortId: string;
}

/** R4: a quorum of signatures in; of each survivor a share of its seed, of each other sharer one of its key, out. */
export async function unmask(
  context: ClientContext,
  state: Signed,
  envelope: Envelope,
): Promise<ClientStep<Finished>> {
  const message = readBody(envelope, "unmask-request", unmaskRequestCodec);
  if (!message.ok) return message;
  const { signatures } = message.body;
  for (const [index, { from }] of signatures.entries()) {
    const before = signatures[index - 1]?.from ?? -1;
    if (from <= before) return refuseSecagg("repeated-signature", `from ${from} after ${before}`);
  }
  const verdicts = await Promise.all(
    signatures.map(async ({ from, signature }) => {
      const key = state.roster.clients[from]?.identityKey;
      return key !== undefined && (await context.primitives.verify(key, state.statement, signature));
    }),
  );
  const valid = verdicts.filter(Boolean).length;
  if (valid < state.plan.quorum) {
    return refuseSecagg("too-few-signatures", `${valid} valid of at least ${state.plan.quorum}`);
  }
  const shares = [...state.held]
    .sort(([a], [b]) => a - b)
    .map(([of, pair]) =>
      state.survivors.has(of)
        ? ({ of, kind: "seed", share: pair.seed } as const)
        : ({ of, kind: "masking-key", share: pair.maskingKey } as const),
    );
  const { cohortId } = state;
  return {
    ok: true,
    state: { phase: "finished", cohortId },
    reply: pack("unmasking", cohortId, unmaskingCodec, { shares }),
  };
}
