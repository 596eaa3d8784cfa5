import { bytesToHex } from "@noble/hashes/utils.js";
import { type Bytes, bytesOfHex } from "./crypto/bytes.js";
import { labelledHash } from "./crypto/labelled-hash.js";
import type { Primitives } from "./crypto/primitives.js";
import { clientIdOf, type Signer } from "./identity.js";

/** What a check-in is bound to: this connection, this task, this client. */
export interface CheckInContext {
  /** Drawn by the coordinator for this connection: 64 hex digits. */
  readonly nonce: string;
  /** 64 hex digits. */
  readonly taskHash: string;
  /** 32 hex digits. */
  readonly clientId: string;
}

/** Proof of possession of the key that a client id is the hash of. */
export interface CheckInProof {
  /** Ed25519 public key: 64 hex digits. */
  readonly identityKey: string;
  /** Over the context's labelled hash: 128 hex digits. */
  readonly signature: string;
}

const statement = ({ nonce, taskHash, clientId }: CheckInContext): Bytes =>
  labelledHash("check-in", bytesOfHex(nonce), bytesOfHex(taskHash), bytesOfHex(clientId));

export async function proveCheckIn(signer: Signer, context: CheckInContext): Promise<CheckInProof> {
  return {
    identityKey: bytesToHex(signer.publicKey),
    signature: bytesToHex(await signer.sign(statement(context))),
  };
}

/** The field that is wrong, or undefined when the proof holds. All hex digits must have been checked before. */
export async function wrongInCheckIn(
  primitives: Pick<Primitives, "verify">,
  context: CheckInContext,
  { identityKey, signature }: CheckInProof,
): Promise<keyof CheckInProof | undefined> {
  const key = bytesOfHex(identityKey);
  if (clientIdOf(key) !== context.clientId) return "identityKey";
  return (await primitives.verify(key, statement(context), bytesOfHex(signature))) ? undefined : "signature";
}
