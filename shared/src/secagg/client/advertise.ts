import { type Bytes, bytesOfHex } from "../crypto/bytes.js";
import { randomSecret } from "../crypto/primitives.js";
import {
  type Advertisement,
  advertisementCodec,
  type CohortTerms,
  termsCodec,
} from "../messages/messages.js";
import { type Envelope, pack, readBody } from "../messages/packet.js";
import { advertisedBytes } from "../transcript.js";
import { checkTerms } from "./check-terms.js";
import type { ClientContext, ClientStep } from "./client-context.js";

/** Keys are advertised, the roster is awaited. */
export interface Advertised {
  readonly phase: "advertised";
  readonly cohortId: string;
  readonly terms: CohortTerms;
  readonly own: Advertisement;
  readonly encryptionSecret: Bytes;
  readonly maskingSecret: Bytes;
}

/** R0: invitation in, fresh signed keys out. */
export async function advertise(context: ClientContext, envelope: Envelope): Promise<ClientStep<Advertised>> {
  const invitation = readBody(envelope, "invitation", termsCodec);
  if (!invitation.ok) return invitation;
  const { cohortId } = envelope;
  const terms = invitation.body;
  const refusal = checkTerms(context, terms);
  if (refusal) return refusal;

  const { primitives, secrets, signer } = context;
  const encryptionSecret = secrets.keep(randomSecret(primitives));
  const maskingSecret = secrets.keep(randomSecret(primitives));
  const unsigned = {
    clientId: bytesOfHex(context.clientId),
    identityKey: signer.publicKey,
    encryptionKey: await primitives.agreementKey(encryptionSecret),
    maskingKey: await primitives.agreementKey(maskingSecret),
    nonce: randomSecret(primitives),
  };
  const signature = await signer.sign(advertisedBytes(cohortId, terms)(unsigned));
  const own = { ...unsigned, signature };
  return {
    ok: true,
    state: { phase: "advertised", cohortId, terms, own, encryptionSecret, maskingSecret },
    reply: pack("advertisement", cohortId, advertisementCodec, own),
  };
}
