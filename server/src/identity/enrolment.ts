import type { Refusal } from "@tacit/shared";
import type { ClientKey, EnrolmentMode, IdentityStore } from "../store/identity-store.js";

/** Whom the coordinator lets in. docs/identity.md says what each way promises. */
export interface Enrolment {
  readonly mode: EnrolmentMode;
  /**
   * Enrols a key whose owner has proved that it is theirs, or says why not: "not-enrolled" where a credential would
   * help, "bad-credential" where this one does not.
   * @param credential untrusted.
   */
  enrol(
    identities: IdentityStore,
    client: ClientKey,
    credential: string | undefined,
  ): Promise<{ readonly ok: true } | Refusal>;
}
