import {
  type Bytes,
  type CheckIn,
  type IdentityBook,
  type Primitives,
  type Refusal,
  refuse,
  selfCertified,
  wrongInCheckIn,
} from "@tacit/shared";
import type { IdentityStore } from "../store/identity-store.js";
import type { Enrolment } from "./enrolment.js";

const REVOKED = refuse("revoked", "this client's key was revoked");

/** Who may speak for which client: whoever proves that the client's key is theirs, while that key is enrolled. */
export class Admission implements IdentityBook {
  readonly #primitives: Pick<Primitives, "verify">;
  readonly #identities: IdentityStore;
  readonly #enrolment: Enrolment;

  constructor(primitives: Pick<Primitives, "verify">, identities: IdentityStore, enrolment: Enrolment) {
    this.#primitives = primitives;
    this.#identities = identities;
    this.#enrolment = enrolment;
  }

  /** @param nonce what the check-in's connection was greeted with. */
  async admit(checkIn: CheckIn, nonce: string): Promise<{ readonly ok: true } | Refusal> {
    const { clientId, identityKey, credential } = checkIn;
    const wrong = await wrongInCheckIn(this.#primitives, { ...checkIn, nonce }, checkIn);
    if (wrong === "identityKey") return refuse("bad-identity", "not the key of this client id", wrong);
    if (wrong) return refuse("bad-identity", "not signed with that key for this connection", wrong);
    const enrolled = await this.#identities.client(clientId);
    if (enrolled) return enrolled.revokedAt ? REVOKED : { ok: true };
    return this.#enrolment.enrol(this.#identities, { clientId, identityKey }, credential);
  }

  /** Undefined while the client is enrolled and not revoked. */
  async refusal(clientId: string): Promise<Refusal | undefined> {
    const enrolled = await this.#identities.client(clientId);
    if (!enrolled) return refuse("not-enrolled", "this client is not enrolled");
    return enrolled.revokedAt ? REVOKED : undefined;
  }

  async accepts(clientId: string, identityKey: Bytes): Promise<boolean> {
    return (
      (await selfCertified.accepts(clientId, identityKey)) && (await this.refusal(clientId)) === undefined
    );
  }
}
